package dev.attain.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What a command prints during a test, in place of this process's own streams. */
final class Printed implements BeforeEachCallback, AfterEachCallback {
  private final PrintStream ownOut = System.out;
  private final PrintStream ownErr = System.err;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Override
  public void beforeEach(ExtensionContext context) {
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    System.setOut(ownOut);
    System.setErr(ownErr);
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** Runs {@code attain} with these arguments, and forgets what was printed before. */
  int attain(String command, Object... arguments) {
    out.reset();
    err.reset();
    return Main.execute(
        Stream.concat(Stream.of(command), Arrays.stream(arguments).map(String::valueOf)).toArray(String[]::new));
  }
}
