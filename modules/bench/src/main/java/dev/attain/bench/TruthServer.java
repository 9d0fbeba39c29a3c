package dev.attain.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The server with known truth, a process of its own that serves all clients one after the other. */
final class TruthServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final List<String> JAVA_OPTIONS = List.of("-Xmx512m", "-XX:+UseSerialGC",
      "-Dio.netty.leakDetection.level=disabled");

  private final TalkingProcess process;
  private final int port;

  private TruthServer(TalkingProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * What the server saw of a run.
   *
   * @param requests answers begun
   * @param events tokens sent
   * @param latenessP50Millis how much later than the truth tokens left: the truth's own uncertainty
   * @param latenessP99Millis the same at the 99th percentile
   */
  record Seen(long requests, long events, double latenessP50Millis, double latenessP99Millis) {}

  /** Starts it with a thread for each CPU, and waits until it listens. */
  static TruthServer start(Truth truth, String cpus, Path log) throws IOException, InterruptedException {
    TalkingProcess process = TalkingProcess.start("the known-truth server", cpus, JAVA_OPTIONS, ServerMain.class,
        List.of(truth.ttft().toString(), truth.itl().toString(), Integer.toString(Cpus.count(cpus))), log);
    return new TruthServer(process, process.next(PATIENCE).get("port").asInt());
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** What it has seen since this was asked last. */
  Seen seen() throws IOException, InterruptedException {
    JsonNode report = process.ask("", PATIENCE);
    return new Seen(report.get("requests").asLong(), report.get("events").asLong(),
        report.at("/latenessMicros/p50").asDouble() / 1e3, report.at("/latenessMicros/p99").asDouble() / 1e3);
  }

  @Override
  public void close() {
    process.close();
  }
}
