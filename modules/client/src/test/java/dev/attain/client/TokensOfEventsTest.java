package dev.attain.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.measurement.LatencyMetric;
import dev.attain.measurement.Outcome;
import dev.attain.measurement.RequestRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** How many tokens each event of an answer is taken to carry. */
class TokensOfEventsTest {
  /** What was heard of a stream of events. */
  private record Heard(List<Integer> tokens, String problem, int total) {}

  private static Heard heard(int planned, String... events) {
    List<Integer> tokens = new ArrayList<>();
    List<Heard> ends = new ArrayList<>();
    TokenStream stream = new TokenStream(new PlannedLength(planned, true), new EventScanner(),
        new TokenStream.Listener() {
          @Override
          public void tokens(int carried) {
            tokens.add(carried);
          }

          @Override
          public void ended(String problem, int total) {
            ends.add(new Heard(tokens, problem, total));
          }
        });
    for (String event : events) {
      byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
      stream.event(bytes, 0, bytes.length);
    }
    assertThat(ends).hasSize(1);
    return ends.getFirst();
  }

  private static String event(String more) {
    return "{\"choices\":[{\"index\":0,\"text\":\"words\"" + more;
  }

  private static String withIds(String ids) {
    return event(",\"token_ids\":" + ids + "}]}");
  }

  private static String withUsage(int completionTokens) {
    return event("}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":" + completionTokens + "}}");
  }

  private static String usage(int completionTokens) {
    return "{\"choices\":[],\"usage\":{\"completion_tokens\":" + completionTokens + "}}";
  }

  @Test
  void tokenIdsSayHowManyAnEventCarries() {
    assertThat(heard(7, withIds("[5]"), withIds("[ 1 , 22,333]"), withIds("[4,5,6]"), usage(7), "[DONE]"))
        .isEqualTo(new Heard(List.of(1, 3, 3), "", 7));
    assertThat(heard(6, withIds("[5,6]"), withIds("[1,2,3,4]"), "[DONE]")).as("they suffice where usage is missing")
        .isEqualTo(new Heard(List.of(2, 4), "", 6));
  }

  @Test
  void theGrowthOfUsageSaysSoToo() {
    assertThat(heard(8, withUsage(1), withUsage(4), withUsage(4), withUsage(8), usage(8), "[DONE]").tokens())
        .as("an event with text is a token event even if its usage has not grown").containsExactly(1, 3, 1, 3);
    assertThat(heard(5, withUsage(2), withUsage(5), "[DONE]")).isEqualTo(new Heard(List.of(2, 3), "", 5));
  }

  @Test
  void usageAtTheEndIsNotTakenForThatOfTheLastEvent() {
    assertThat(heard(5, event("}]}"), event("}]}"), withUsage(5), "[DONE]"))
        .isEqualTo(new Heard(List.of(1, 1, 1), "", 5));
    assertThat(heard(5, event("}]}"), event("}]}"), usage(5), "[DONE]")).isEqualTo(new Heard(List.of(1, 1), "", 5));
  }

  @Test
  void withoutAnyCountEachEventIsOneToken() {
    assertThat(heard(3, event("}]}"), withIds("null"), event("}]}"), "[DONE]"))
        .isEqualTo(new Heard(List.of(1, 1, 1), "", 3));
  }

  @Test
  void theLessTheEventsSayTheClearerTheProblem() {
    assertThat(heard(9, withIds("[1,2]"), withIds("[3,4]"), "[DONE]").problem()).isEqualTo(
        "9 tokens expected, 4 received");
    assertThat(heard(9, withIds("[1,2"))).isEqualTo(
        new Heard(List.of(), "malformed event: " + withIds("[1,2"), 0));
  }

  private static RequestRecord completed(Driver.Finished run) {
    assertThat(run.outcomes()).containsExactly(Outcome.COMPLETED);
    return run.records().getFirst();
  }

  @Test
  void gapsOfTokensAndOfEventsAreKeptApart() throws Exception {
    try (ScriptedServer server = ScriptedServer.start((request, wire) -> {
      long start = System.nanoTime();
      wire.streamHead();
      for (int event = 1; event <= 3; event++) {
        Wire.until(start + event * 30_000_000L);
        wire.event(withUsage(3 * event - 2));
      }
      wire.event(usage(7));
      wire.done();
      wire.lastChunk();
    })) {
      Driver.Finished run = Driver.run(Driver.settings(), Driver.colocated(server), Driver.every(Duration.ZERO, 1),
          Driver.workload(5, 7));

      RequestRecord request = completed(run);
      assertThat(request.tokenEvents()).isEqualTo(3);
      assertThat(request.outputTokens()).isEqualTo(7);
      assertThat(request.countedTokens()).isEqualTo(7);
      Histogram perEvent = run.snapshot().latencies().of(LatencyMetric.ITL);
      Histogram perToken = run.snapshot().latencies().of(LatencyMetric.ITL_PER_TOKEN);
      assertThat(perEvent.getTotalCount()).isEqualTo(2);
      assertThat(perToken.getTotalCount()).isEqualTo(6);
      assertThat(perToken.getMean()).isCloseTo(perEvent.getMean() / 3, Percentage.withPercentage(1));
    }
  }

  @Test
  void tokensThatNoEventAccountsForAreToldFromThoseThatOneDoes() throws Exception {
    try (ScriptedServer server = ScriptedServer.start((request, wire) -> {
      wire.streamHead();
      wire.tokens(4, true);
      wire.usage(request.maxTokens());
      wire.done();
      wire.lastChunk();
    })) {
      RequestRecord request = completed(Driver.run(Driver.settings(), Driver.colocated(server),
          Driver.every(Duration.ZERO, 1), Driver.workload(5, 10)));

      assertThat(request.outputTokens()).isEqualTo(10);
      assertThat(request.tokenEvents()).isEqualTo(4);
      assertThat(request.countedTokens()).isEqualTo(4);
    }
  }
}
