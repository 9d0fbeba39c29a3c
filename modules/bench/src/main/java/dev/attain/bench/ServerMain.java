package dev.attain.bench;

import dev.attain.selftest.ServerProgram;
import dev.attain.selftest.ServerSettings;
import java.io.IOException;
import java.time.Duration;

/** The server with known delays, as a process. */
final class ServerMain {
  private ServerMain() {}

  /** {@code TTFT ITL THREADS}; the delays as ISO 8601 durations. */
  public static void main(String[] arguments) throws IOException {
    var truth = new dev.attain.selftest.Truth(Duration.parse(arguments[0]), Duration.parse(arguments[1]), 1);
    // It has its CPUs to itself, so that it may spin.
    ServerProgram.serve(new ServerSettings("127.0.0.1", 0, Integer.parseInt(arguments[2]), true, "m", truth), System.in,
        System.out);
  }
}
