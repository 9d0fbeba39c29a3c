package dev.attain.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The smallest self-test there can be: what it finds is this machine's business, what it says of it is not. */
@StartsProcesses
@Tag("long")
class SelfTestCommandTest {
  private static final Duration SECONDS = Duration.ofSeconds(20);

  @TempDir
  Path folder;

  @Test
  void findsLimitsSaysWhatTheyMeanAndLeavesNothingBehind() throws Exception {
    AttainProcess.Ended ended = AttainProcess.run(folder, "self-test", "--each", "200ms", "--up-to", "1000",
        "--streams",
        "20", "--json", "found.json");

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.err()).contains("short requests: 1,000/s", "streams: 1,000 events/s",
        "opening 20 streams at once");
    assertThat(ended.out()).contains("TTFT error p50", "send lag p99", "Open streams: ",
        "errors above 1 ms at p99: ");
    assertThat(ended.lastLine()).startsWith("On this machine one load node can");
    JsonNode found = new ObjectMapper().readTree(folder.resolve("found.json").toFile());
    JsonNode streams = found.at("/streams/loads/0");
    assertThat(streams.get("planned").asInt()).isPositive().isEqualTo(streams.get("completed").asInt());
    assertThat(streams.get("cpuMicrosPerEvent").asDouble()).isPositive();
    assertThat(streams.get("serverLatenessP99").asDouble()).isPositive();
    assertThat(found.at("/openStreams/completed").asInt()).isEqualTo(20);
    assertThat(found.get("conclusion").asText()).isEqualTo(ended.lastLine());
  }

  @Test
  void interruptedOrKilledItTakesTheServerWithIt() {
    for (String signal : new String[]{"INT", "KILL"}) {
      try (AttainProcess test = AttainProcess.start(folder, "self-test")) {
        test.awaitLine("^short requests");
        assertThat(test.marked().living("known-truth-server")).hasSize(1);
        test.signal(signal);
        assertThat(test.awaitEnd(SECONDS).exitCode()).isEqualTo(signal.equals("INT") ? 130 : 137);
        assertThat(test.err()).doesNotContain("\tat ");
        test.marked().requireNoneWithin(SECONDS);
      }
    }
  }

  @Test
  void theServerAloneSaysWhereItListensAndEndsOrderly() {
    try (AttainProcess server = AttainProcess.start(folder, "known-truth-server", "--ttft", "20ms", "--itl", "5ms")) {
      int port = Integer.parseInt(server.awaitLine("^\\{\"port\": (\\d+)}$").group(1));
      assertThat(port).isPositive();
      server.signal("TERM");
      assertThat(server.awaitEnd(SECONDS).exitCode()).isEqualTo(143);
    }
  }
}
