package dev.attain.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A Python that has numpy, in a folder outside the checkout ({@code ATTAIN_CACHE}, else {@code ~/.cache/attain}), where it
 * is fetched from the registry once. Where that cannot be, tests that ask for it are skipped with the reason.
 */
final class NumpyPython {
  private static final String NUMPY = "numpy==2.2.6";
  private static final Duration FETCHING = Duration.ofMinutes(5);
  private static final Duration COMPUTING = Duration.ofMinutes(3);
  private static final Optional<String> MISSING;
  private static final Path PYTHON;

  static {
    Path environment = cache().resolve("peers").resolve(NUMPY.replace("==", "-"));
    PYTHON = environment.resolve("bin/python");
    MISSING = missing(environment);
    MISSING.ifPresent(reason -> System.err.println("SKIPPED: nothing recomputes the figures: " + reason));
  }

  private NumpyPython() {}

  /** What a script of the test resources prints. */
  static String run(String script, Path argument) {
    Assumptions.assumeTrue(MISSING.isEmpty(), () -> "SKIPPED: " + MISSING.orElse(""));
    try {
      Path folder = Files.createTempDirectory("recompute");
      Path code = Files.write(folder.resolve(script),
          NumpyPython.class.getResourceAsStream("/" + script).readAllBytes());
      Path out = folder.resolve("out");
      Path err = folder.resolve("err");
      boolean well = ends(List.of(PYTHON.toString(), code.toString(), argument.toString()), out, err, COMPUTING);
      if (!well) {
        throw new AssertionError(script + " failed: " + Files.readString(err));
      }
      return Files.readString(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> missing(Path environment) {
    Path complete = environment.resolve("complete");
    if (Files.exists(complete)) {
      return Optional.empty();
    }
    String python = System.getenv().getOrDefault("ATTAIN_PYTHON", "python3");
    try {
      Path log = Files.createDirectories(environment.getParent()).resolve(environment.getFileName() + ".log");
      boolean made = ends(List.of(python, "-m", "venv", "--clear", environment.toString()), log, log, FETCHING)
          && ends(
              List.of(PYTHON.toString(), "-m", "pip", "--disable-pip-version-check", "--no-input", "--timeout", "30",
                  "--retries", "2", "install", NUMPY),
              log, log, FETCHING);
      if (!made) {
        return Optional.of(NUMPY + " cannot be had here, see " + log);
      }
      Files.createFile(complete);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e.getMessage());
    }
  }

  /** Whether it ended well and in time. */
  private static boolean ends(List<String> command, Path out, Path err, Duration limit) throws IOException {
    Process process = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.appendTo(out.toFile()))
        .redirectError(ProcessBuilder.Redirect.appendTo(err.toFile())).start();
    try {
      return process.waitFor(limit.toSeconds(), TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static Path cache() {
    String home = System.getenv().getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
    return Path.of(System.getenv().getOrDefault("ATTAIN_CACHE", home + "/attain")).toAbsolutePath();
  }
}
