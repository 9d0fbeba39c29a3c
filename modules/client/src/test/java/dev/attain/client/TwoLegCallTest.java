package dev.attain.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.measurement.LatencyMetric;
import dev.attain.measurement.Outcome;
import dev.attain.measurement.RequestRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TwoLegCallTest {
  /** With keys this client has never heard of, odd spaces, escapes and numbers that a rewriting would change. */
  private static final String PARAMS = "{\"do_remote_prefill\": true,\"remote_block_ids\":[[1,2 ,3],[]],"
      + "\"remote_engine_id\":\"a-ä-\\u00e4\\/\",\"remote_port\":5600, \"remote_control_port\" : 1.0e3,"
      + "\"tp_size\":2,\"nested\":{\"kv_transfer_params\":null}}";
  private static final ScriptedServer.Script PREFILLS = (request, wire) -> wire.json(200,
      "{\"id\":\"cmpl-1\",\"choices\":[{\"text\":\" a\"}],\"usage\":{\"completion_tokens\":1},\"kv_transfer_params\": "
          + PARAMS + "}");
  private static final ScriptedServer.Script DECODES = (request, wire) -> wire.completion(request.maxTokens());

  private static Driver.Finished run(ScriptedServer prefill, ScriptedServer decode) throws InterruptedException {
    return Driver.run(Driver.settings(), new Target.Disaggregated(Driver.uris(prefill), Driver.uris(decode)),
        Driver.every(Duration.ZERO, 1), Driver.workload(6, 4));
  }

  private static void assertFails(ScriptedServer.Script prefills, ScriptedServer.Script decodes, String reason)
      throws Exception {
    try (ScriptedServer prefill = ScriptedServer.start(prefills);
        ScriptedServer decode = ScriptedServer.start(decodes)) {
      Driver.Finished run = run(prefill, decode);
      assertThat(run.outcomes()).containsExactly(Outcome.FAILED);
      assertThat(run.reasons()).containsExactly(reason);
    }
  }

  @Test
  void whatThePrefillInstanceAnsweredReachesTheDecodeInstanceByteForByte() throws Exception {
    try (ScriptedServer prefill = ScriptedServer.start(PREFILLS);
        ScriptedServer decode = ScriptedServer.start(DECODES)) {
      assertThat(run(prefill, decode).outcomes()).containsExactly(Outcome.COMPLETED);

      String asked = prefill.requests().getFirst().body();
      String common = asked.substring(0, asked.indexOf(",\"max_tokens\""));
      assertThat(common).startsWith("{\"model\":\"the-model\",\"prompt\":[");
      assertThat(asked).isEqualTo(common + ",\"max_tokens\":1,\"stream\":false,\"kv_transfer_params\":"
          + "{\"do_remote_decode\":true,\"do_remote_prefill\":false,\"remote_engine_id\":null,"
          + "\"remote_block_ids\":null,\"remote_host\":null,\"remote_port\":null}}");
      assertThat(decode.requests().getFirst().body()).isEqualTo(common + ",\"max_tokens\":4,\"stream\":true,"
          + "\"stream_options\":{\"include_usage\":true},\"kv_transfer_params\":" + PARAMS + "}");
      assertThat(List.of(prefill.requests().getFirst(), decode.requests().getFirst()))
          .allSatisfy(request -> assertThat(request.headers()).containsEntry("x-request-id", "nonce-0"));
    }
  }

  @Test
  void bothLegsAreStampedInTheirOrder() throws Exception {
    ScriptedServer.Script slowPrefill = (request, wire) -> {
      Wire.pause(50);
      PREFILLS.answer(request, wire);
    };
    try (ScriptedServer prefill = ScriptedServer.start(slowPrefill);
        ScriptedServer decode = ScriptedServer.start(DECODES)) {
      Driver.Finished run = run(prefill, decode);
      RequestRecord request = run.records().getFirst();

      assertThat(request.prefillDoneNanos() - request.sentNanos()).isGreaterThanOrEqualTo(50_000_000);
      assertThat(request.decodeSentNanos()).isGreaterThanOrEqualTo(request.prefillDoneNanos());
      assertThat(request.firstByteNanos()).isGreaterThanOrEqualTo(request.decodeSentNanos());
      assertThat(request.firstTokenNanos()).isGreaterThanOrEqualTo(request.firstByteNanos());
      assertThat(request.outputTokens()).isEqualTo(4);
      assertThat(request.prefillInstance()).isZero();
      assertThat(request.decodeInstance()).isZero();
      assertThat(request.prefillLegNanos() + request.handOverNanos() + request.decodeFirstNanos())
          .isEqualTo(request.serviceTtftNanos());
      assertThat(LatencyMetric.STAGES)
          .allSatisfy(stage -> assertThat(run.snapshot().latencies().of(stage).getTotalCount()).isEqualTo(1));
    }
  }

  @Test
  void bothLegsOfEveryRequestCarryItsIdSoThatPushedKeysAndValuesFindTheirRequest() throws Exception {
    try (ScriptedServer prefill = ScriptedServer.start(PREFILLS);
        ScriptedServer decode = ScriptedServer.start(DECODES)) {
      Driver.Finished run = Driver.run(Driver.settings(),
          new Target.Disaggregated(Driver.uris(prefill), Driver.uris(decode)), Driver.every(Duration.ofMillis(1), 20),
          Driver.workload(6, 4));

      assertThat(run.counts().completed()).isEqualTo(20);
      Map<String, String> prompts = promptsById(prefill);
      assertThat(prompts).hasSize(20).containsKeys("nonce-0", "nonce-19");
      assertThat(promptsById(decode)).isEqualTo(prompts);
    }
  }

  private static Map<String, String> promptsById(ScriptedServer server) {
    return server.requests().stream().collect(Collectors.toMap(request -> request.headers().get("x-request-id"),
        request -> request.body().replaceAll(",\"max_tokens\".*", "")));
  }

  @Test
  void everyPairIsVisited() throws Exception {
    try (ScriptedServer p0 = ScriptedServer.start(PREFILLS);
        ScriptedServer p1 = ScriptedServer.start(PREFILLS);
        ScriptedServer d0 = ScriptedServer.start(DECODES);
        ScriptedServer d1 = ScriptedServer.start(DECODES);
        ScriptedServer d2 = ScriptedServer.start(DECODES)) {
      Driver.Finished run = Driver.run(Driver.settings(),
          new Target.Disaggregated(Driver.uris(p0, p1), Driver.uris(d0, d1, d2)),
          Driver.every(Duration.ofMillis(1), 12), Driver.workload(6, 4));

      assertThat(run.counts().completed()).isEqualTo(12);
      assertThat(run.records()).extracting(RequestRecord::prefillInstance).containsExactly(0, 1, 0, 1, 0, 1, 0, 1, 0, 1,
          0, 1);
      assertThat(run.records()).extracting(RequestRecord::decodeInstance).containsExactly(0, 0, 1, 1, 2, 2, 0, 0, 1, 1,
          2, 2);
      assertThat(List.of(d0, d1, d2)).allSatisfy(server -> assertThat(server.requests()).hasSize(4));
    }
  }

  @Test
  void withoutTransferParametersTheDecodeInstanceIsNeverAsked() throws Exception {
    for (String answer : List.of("{\"choices\":[]}", "{\"kv_transfer_params\":null}", "{\"kv_transfer_params\":{}}")) {
      try (ScriptedServer prefill = ScriptedServer.start((request, wire) -> wire.json(200, answer));
          ScriptedServer decode = ScriptedServer.start(DECODES)) {
        Driver.Finished run = run(prefill, decode);
        assertThat(run.outcomes()).containsExactly(Outcome.FAILED);
        assertThat(run.reasons()).containsExactly("prefill answered without kv_transfer_params");
        assertThat(decode.requests()).isEmpty();
      }
    }
  }

  @Test
  void theLegThatFailedIsNamed() throws Exception {
    assertFails((request, wire) -> wire.json(500, "{\"error\":{\"message\":\"out of blocks\"}}"), DECODES,
        "prefill: HTTP 500: out of blocks");
    assertFails((request, wire) -> wire.json(200, "oh no"), DECODES, "prefill: the answer is not JSON: oh no");
    assertFails((request, wire) -> {
      wire.raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{");
      wire.close();
    }, DECODES, "prefill: connection closed in the middle of the answer");
    assertFails(PREFILLS, (request, wire) -> wire.json(400, "{\"message\":\"no\"}"), "decode: HTTP 400: no");
    assertFails(PREFILLS, (request, wire) -> {
      wire.streamHead();
      wire.tokens(1, false);
      wire.close();
    }, "decode: connection closed after 1 of 4 tokens");
  }

  @Test
  void eachLegHasItsOwnWaitForTheFirstByte() throws Exception {
    ClientSettings settings = Driver.settings(Duration.ofMillis(400), Duration.ofSeconds(20));
    ScriptedServer.Script slow = (request, wire) -> {
      Wire.pause(250);
      (request.body().contains("\"stream\":true") ? DECODES : PREFILLS).answer(request, wire);
    };
    try (ScriptedServer both = ScriptedServer.start(slow)) {
      Target target = new Target.Disaggregated(Driver.uris(both), Driver.uris(both));
      Driver.Finished run = Driver.run(settings, target, Driver.every(Duration.ZERO, 1), Driver.workload(6, 4));
      assertThat(run.outcomes()).containsExactly(Outcome.COMPLETED);
      assertThat(both.connections()).as("the decode leg takes the connection that the prefill leg gave back").isOne();
    }
    try (ScriptedServer prefill = ScriptedServer.start(PREFILLS);
        ScriptedServer decode = ScriptedServer.start((request, wire) -> Wire.pause(20_000))) {
      Driver.Finished run = Driver.run(settings,
          new Target.Disaggregated(Driver.uris(prefill), Driver.uris(decode)), Driver.every(Duration.ZERO, 1),
          Driver.workload(6, 4));
      assertThat(run.outcomes()).containsExactly(Outcome.TIMED_OUT);
      assertThat(run.reasons()).containsExactly("decode: no first byte within 400 ms");
    }
  }
}
