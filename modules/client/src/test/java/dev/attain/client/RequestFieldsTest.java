package dev.attain.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.measurement.LatencyMetric;
import dev.attain.measurement.Outcome;
import dev.attain.measurement.RequestRecord;
import dev.attain.workload.PromptForm;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequestFieldsTest {
  private static ClientSettings settings(Dialect dialect, BodyField... fields) {
    return new ClientSettings(dialect, "m", Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(25), 1,
        Optional.empty(), 100, Set.of(fields), ConnectionsAhead.NONE);
  }

  /** What one request says after its prompt. */
  private static String fields(Dialect dialect, BodyField... fields) throws Exception {
    try (ScriptedServer server = ScriptedServer.start((request, wire) -> wire.completion(request.maxTokens()))) {
      Driver.run(settings(dialect, fields), Driver.colocated(server), Driver.every(Duration.ZERO, 1),
          Driver.workload(6, 4, PromptForm.TEXT));
      String body = server.requests().getFirst().body();
      return body.substring(body.indexOf(",\"temperature\""));
    }
  }

  @Test
  void aServerGetsTheFieldsItTakesAndNoOthers() throws Exception {
    for (Dialect dialect : Dialect.values()) {
      assertThat(fields(dialect)).isEqualTo(",\"temperature\":0,\"max_tokens\":4,\"stream\":true}");
      assertThat(fields(dialect, BodyField.IGNORE_EOS))
          .isEqualTo(",\"temperature\":0,\"ignore_eos\":true,\"max_tokens\":4,\"stream\":true}");
      assertThat(fields(dialect, BodyField.MIN_TOKENS))
          .isEqualTo(",\"temperature\":0,\"max_tokens\":4,\"min_tokens\":4,\"stream\":true}");
      assertThat(fields(dialect, BodyField.STREAM_OPTIONS)).isEqualTo(
          ",\"temperature\":0,\"max_tokens\":4,\"stream\":true,\"stream_options\":{\"include_usage\":true}}");
    }
  }

  @Test
  void aPrefillLegAsksForOneTokenAndForNoMore() throws Exception {
    try (
        ScriptedServer prefill = ScriptedServer
            .start((request, wire) -> wire.json(200, "{\"kv_transfer_params\":{\"a\":1}}"));
        ScriptedServer decode = ScriptedServer.start((request, wire) -> wire.completion(request.maxTokens()))) {
      Driver.run(settings(Dialect.COMPLETIONS, BodyField.MIN_TOKENS, BodyField.STREAM_OPTIONS),
          new Target.Disaggregated(Driver.uris(prefill), Driver.uris(decode)), Driver.every(Duration.ZERO, 1),
          Driver.workload(6, 4));

      assertThat(prefill.requests().getFirst().body()).contains("\"max_tokens\":1,\"stream\":false")
          .doesNotContain("min_tokens", "stream_options");
      assertThat(decode.requests().getFirst().body()).contains("\"max_tokens\":4,\"min_tokens\":4,\"stream\":true");
    }
  }

  @Test
  void anAnswerEndedByTheModelIsRecordedWithTheTokensThatCame() throws Exception {
    ScriptedServer.Script stops = (request, wire) -> {
      wire.streamHead();
      for (int token = 0; token < 3; token++) {
        wire.event("{\"choices\":[{\"index\":0,\"text\":\" a\",\"finish_reason\":null}]}");
        Wire.pause(20);
      }
      wire.event("{\"choices\":[{\"index\":0,\"text\":\"\",\"finish_reason\":\"stop\"}]}");
      wire.lastChunk();
    };
    try (ScriptedServer server = ScriptedServer.start(stops)) {
      Driver.Finished free = Driver.run(settings(Dialect.COMPLETIONS), Driver.colocated(server),
          Driver.every(Duration.ZERO, 1), Driver.workload(6, 64));

      RequestRecord request = free.records().getFirst();
      assertThat(request.outcome()).as(request.reason()).isEqualTo(Outcome.COMPLETED);
      assertThat(request.plannedOutputTokens()).isEqualTo(64);
      assertThat(request.outputTokens()).isEqualTo(3);
      assertThat(request.tokenEvents()).isEqualTo(3);
      assertThat(request.tpotNanos())
          .isEqualTo(Math.ceilDiv(request.lastTokenNanos() - request.firstTokenNanos(), 2L));
      assertThat(free.counts().outputTokens()).isEqualTo(3);
      assertThat(free.snapshot().latencies().of(LatencyMetric.ITL).getTotalCount()).isEqualTo(2);

      Driver.Finished forced = Driver.run(settings(Dialect.COMPLETIONS, BodyField.IGNORE_EOS),
          Driver.colocated(server), Driver.every(Duration.ZERO, 1), Driver.workload(6, 64));
      assertThat(forced.reasons()).containsExactly("64 tokens expected, 4 received, finish_reason stop");
    }
  }
}
