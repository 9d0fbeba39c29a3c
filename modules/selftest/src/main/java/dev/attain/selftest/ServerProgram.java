package dev.attain.selftest;

import dev.attain.measurement.NanoClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * A {@link KnownTruthServer} as a process of its own. It prints {@code {"port": N}} when it is ready; for each line that
 * it reads, and once more at the end of its input, a {@link ServerReport} of the time since the one before. It ends with
 * its input, so that nobody who starts it leaves it behind.
 */
public final class ServerProgram {
  private ServerProgram() {}

  /**
   * Serves until the end of {@code commands}.
   *
   * @throws IOException when it cannot listen or read its commands; the message is a sentence for the user
   */
  public static void serve(ServerSettings settings, InputStream commands, PrintStream out) throws IOException {
    try (KnownTruthServer server = KnownTruthServer.start(settings, NanoClock.system());
        BufferedReader lines = new BufferedReader(new InputStreamReader(commands, StandardCharsets.UTF_8))) {
      say(out, "{\"port\": " + server.port() + "}");
      while (lines.readLine() != null) {
        say(out, server.takeReport().json());
      }
      say(out, server.takeReport().json());
    }
  }

  private static void say(PrintStream out, String line) {
    out.println(line);
    out.flush();
  }
}
