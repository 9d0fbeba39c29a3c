package dev.attain.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code --truth} says, against the engine core, the client and the clock on the wall. */
class TruthTest {

  /** Far more than a write and a read take on any machine; a truth of another clock would be out by hours. */
  private static final long GENEROUS_NANOS = Duration.ofSeconds(5).toNanos();
  /** A request is in the scheduler's hands this long before it counts, so that no pause of the machine matters. */
  private static final List<String> EARLY = List.of("--sim-frontend-ms", "300", "--max-num-batched-tokens", "300",
      "--max-num-seqs", "8", "--sim-output-us", "200");

  @TempDir
  private Path folder;

  private Truth truth() {
    return new Truth(folder.resolve("truth.jsonl"));
  }

  private SimulatorServer start(String... flags) {
    List<String> all = new ArrayList<>(List.of(flags));
    all.addAll(List.of("--truth", truth().file().toString()));
    return SimulatorClient.start(all.toArray(String[]::new));
  }

  private static String body(int promptTokens, int outputTokens) {
    return "{\"prompt\":[" + "7,".repeat(promptTokens - 1) + "7],\"max_tokens\":" + outputTokens
        + ",\"stream\":true}";
  }

  private static List<RawStream> streams(SimulatorServer server, int count) throws Exception {
    try (ExecutorService executor = Executors.newFixedThreadPool(count)) {
      List<Future<RawStream>> futures = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        futures.add(executor.submit(
            () -> RawStream.of(server.port(), "r" + number, body(1 + 97 * number % 400, 2 + 5 * number % 17))));
      }
      List<RawStream> streams = new ArrayList<>();
      for (Future<RawStream> future : futures) {
        streams.add(future.get());
      }
      return streams;
    }
  }

  @Test
  void theSameArrivalsInVirtualTimeGiveExactlyTheSameDeadlines() throws Exception {
    try (SimulatorServer server = start(EARLY.toArray(String[]::new))) {
      streams(server, 20);
    }
    List<JsonNode> lines = truth().lines().stream()
        .sorted(Comparator.comparingLong(line -> line.get("arrivalNanos").asLong())).toList();
    assertThat(lines).hasSize(20);

    SimulatorOptions options = SimulatorOptions.parse(EARLY, Map.of());
    OutputQueue outputs = new OutputQueue(options.serving().frontEnd());
    List<Recorded> replayed = lines.stream().map(line -> Recorded.request(line.get("promptTokens").asInt(),
        line.get("tokenNanos").size(), line.get("arrivalNanos").asLong()).leavingBy(outputs)).toList();
    new VirtualEngine(options.engine().newCore()).serve(replayed);

    for (int i = 0; i < lines.size(); i++) {
      assertThat(Truth.longs(lines.get(i).get("tokenNanos"))).as(lines.get(i).get("id").asText())
          .isEqualTo(replayed.get(i).tokenNanos);
      assertThat(lines.get(i).get("prefillStartNanos").asLong())
          .isEqualTo(replayed.get(i).sequence.scheduledNanos());
      assertThat(Truth.longs(lines.get(i).get("lateNanos"))).as("none before its deadline")
          .allSatisfy(late -> assertThat(late).isNotNegative());
    }
  }

  @Test
  void aClientSeesEachTokenAfterItsDeadlineAndNoMuchLaterThanTheTruthSaysItWasWritten() throws Exception {
    List<RawStream> streams;
    try (SimulatorServer server = start()) {
      streams = streams(server, 8);
    }
    for (int i = 0; i < streams.size(); i++) {
      RawStream stream = streams.get(i);
      JsonNode line = truth().of("r" + i);
      List<Long> due = Truth.longs(line.get("tokenNanos"));
      List<Long> late = Truth.longs(line.get("lateNanos"));
      assertThat(stream.tokenNanos()).hasSameSizeAs(due).hasSameSizeAs(late);
      assertThat(line.get("receivedNanos").asLong()).isBetween(stream.sentNanos(), due.get(0));
      for (int token = 0; token < due.size(); token++) {
        long read = stream.tokenNanos().get(token);
        assertThat(read).isBetween(due.get(token), due.get(token) + late.get(token) + GENEROUS_NANOS);
      }
    }
  }

  @Test
  void requestsThatComeTogetherShareTheFrontEnd() throws Exception {
    int requests = 8;
    try (SimulatorServer server = start("--sim-frontend-us-per-token", "1000")) {
      streams(server, requests);
    }
    List<JsonNode> lines = truth().lines();
    long begun = lines.stream().mapToLong(line -> line.get("receivedNanos").asLong()).min().orElseThrow();
    long done = lines.stream().mapToLong(line -> line.get("arrivalNanos").asLong()).max().orElseThrow();
    long work = lines.stream().mapToLong(line -> line.get("promptTokens").asLong() * 1_000_000).sum();

    assertThat(lines).hasSize(requests);
    assertThat(done - begun).as("one event loop reads all prompts").isGreaterThanOrEqualTo(work);
  }

  @Test
  void theInstantsOfARequestAreInOrderAndCanBeToldOnTheWallClock() {
    long before = System.currentTimeMillis();
    try (SimulatorServer server = start()) {
      RawStream.of(server.port(), "one", body(10, 3));
    }
    long after = System.currentTimeMillis();

    JsonNode line = truth().of("one");
    assertThat(line.get("finish").asText()).isEqualTo("length");
    assertThat(line.get("faults")).isEmpty();
    assertThat(line.get("promptTokens").asInt()).isEqualTo(10);
    assertThat(List.of(line.get("receivedNanos").asLong(), line.get("arrivalNanos").asLong(),
        line.get("prefillStartNanos").asLong(), line.get("prefillEndNanos").asLong())).isSorted();
    assertThat(line.get("arrivalNanos").asLong() - line.get("receivedNanos").asLong())
        .isEqualTo(2_500_000 + 10 * 1_500);
    assertThat(line.get("tokenNanos").get(0).asLong() - line.get("prefillEndNanos").asLong())
        .as("the front end passes it on").isEqualTo(35_000);
    assertThat(line.get("transferStartNanos").isNull()).isTrue();
    assertThat((line.get("unixOffsetNanos").asLong() + line.get("receivedNanos").asLong()) / 1_000_000)
        .isBetween(before - 1, after + 1);
  }

  @Test
  void anAnswerThatIsNotStreamedHasAllDeadlinesAndOneLateness() {
    try (SimulatorServer server = start("--sim-output-us", "100000")) {
      new SimulatorClient(server).postForJson("/v1/completions",
          "{\"prompt\":[1],\"max_tokens\":4,\"request_id\":\"whole\"}");
    }

    JsonNode line = truth().of("whole");
    List<Long> due = Truth.longs(line.get("tokenNanos"));
    assertThat(due).hasSize(4);
    assertThat(due.get(0)).as("only the last is passed on").isEqualTo(line.get("prefillEndNanos").asLong());
    assertThat(due.get(2) - due.get(0)).isLessThan(100_000_000);
    assertThat(due.get(3) - due.get(2)).isGreaterThan(100_000_000);
    assertThat(line.get("lateNanos")).hasSize(1);
    assertThat(line.get("lateNanos").get(0).asLong()).isNotNegative();
  }

  @Test
  void refusedAbandonedAndUnfinishedRequestsHaveALineToo() throws IOException {
    try (SimulatorServer server = start("--max-model-len", "4096")) {
      RawStream.of(server.port(), "refused", "{\"prompt\":[1],\"max_tokens\":5000}");
      try (Socket left = open(server, "left")) {
        assertThat(left.getInputStream().read()).isEqualTo('H');
      }
      assertThat(truth().of("left").get("finish").asText()).isEqualTo("abort");
      open(server, "open").getInputStream().read();
    }

    JsonNode refused = truth().of("refused");
    assertThat(refused.get("finish").asText()).isEqualTo("http-400");
    assertThat(refused.get("arrivalNanos").isNull()).isTrue();
    assertThat(truth().of("open").get("finish").asText()).isIn("unfinished", "abort");
  }

  private static Socket open(SimulatorServer server, String id) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    String body = body(1, 4000);
    socket.getOutputStream().write(("POST /v1/completions HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: " + id
        + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  @Test
  void aTransferThatIsMadeToFailIsTold() {
    try (SimulatorServer decodeServer = start("--sim-fault", "kv-failed", "--kv-transfer-config",
        "{\"kv_connector\":\"NixlConnector\",\"kv_role\":\"kv_consumer\"}")) {
      RawStream.of(decodeServer.port(), "failed", "{\"prompt\":[1],\"stream\":true,\"kv_transfer_params\":"
          + "{\"do_remote_prefill\":true,\"remote_block_ids\":[[1]],\"remote_engine_id\":\"p\","
          + "\"remote_request_id\":\"r\",\"remote_host\":\"127.0.0.1\",\"remote_port\":1}}");
    }

    assertThat(truth().of("failed").get("faults").toString()).isEqualTo("[\"kv-failed\"]");
    assertThat(truth().of("failed").get("finish").asText()).isEqualTo("error");
  }

  @Test
  void aLeaseThatIsMadeToEndIsTold() {
    try (SimulatorServer prefillServer = start("--sim-fault", "kv-expired", "--kv-transfer-config",
        "{\"kv_connector\":\"NixlConnector\",\"kv_role\":\"kv_producer\"}")) {
      new SimulatorClient(prefillServer).postForJson("/v1/completions", "{\"prompt\":[1],\"max_tokens\":1,"
          + "\"request_id\":\"expired\",\"kv_transfer_params\":{\"do_remote_decode\":true}}");
    }

    assertThat(truth().of("expired").get("faults").toString()).isEqualTo("[\"kv-expired\"]");
    assertThat(truth().of("expired").get("finish").asText()).isEqualTo("length");
  }

  @Test
  void theTransferOfADecodeInstanceIsTold() {
    try (SimulatorServer prefillServer = SimulatorClient.start("--kv-transfer-config",
        "{\"kv_connector\":\"NixlConnector\",\"kv_role\":\"kv_producer\"}");
        SimulatorServer decodeServer = start("--kv-transfer-config",
            "{\"kv_connector\":\"NixlConnector\",\"kv_role\":\"kv_consumer\"}")) {
      JsonNode parameters = new SimulatorClient(prefillServer).postForJson("/v1/completions",
          "{\"prompt\":[1,2,3],\"max_tokens\":1,\"kv_transfer_params\":{\"do_remote_decode\":true}}")
          .get("kv_transfer_params");
      RawStream.of(decodeServer.port(), "decode",
          "{\"prompt\":[1,2,3],\"max_tokens\":2,\"stream\":true,\"kv_transfer_params\":" + parameters + "}");
    }

    JsonNode line = truth().of("decode");
    assertThat(List.of(line.get("arrivalNanos").asLong(), line.get("transferStartNanos").asLong(),
        line.get("transferEndNanos").asLong(), line.get("prefillStartNanos").asLong(),
        line.get("prefillEndNanos").asLong())).isSorted();
  }

  @Test
  void aFileThatCannotBeWrittenIsSaidInOneSentence() {
    assertThatThrownBy(() -> SimulatorServer.start(SimulatorOptions.parse(
        List.of("--port", "0", "--truth", folder.resolve("no/such/file").toString()), Map.of())))
        .isInstanceOf(SimulatorException.class).hasMessageContaining("--truth: the folder of")
        .hasMessageContaining("does not exist");
  }

  @Test
  void thePortCanBePartOfTheName() throws SimulatorException {
    assertThat(SimulatorOptions.parse(List.of("--port", "8123", "--truth", "t-{port}.jsonl"), Map.of()).truth())
        .contains(Path.of("t-8123.jsonl"));
  }
}
