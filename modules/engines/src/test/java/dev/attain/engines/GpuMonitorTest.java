package dev.attain.engines;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GpuMonitorTest {
  private static final Map<Integer, String> INSTANCES = Map.of(0, "prefill-0", 2, "decode-0");

  @TempDir
  Path folder;

  private GpuMonitor monitor(String body) throws IOException {
    Path file = Files.writeString(folder.resolve("nvidia-smi"), "#!/bin/sh\n" + body);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return GpuMonitor.start(Duration.ofSeconds(1), INSTANCES, folder.resolve("gpus.csv"),
        Map.of("PATH", folder.toString())).orElseThrow();
  }

  private static List<GpuFigures> until(GpuMonitor monitor, int count) throws Exception {
    List<GpuFigures> seen = new ArrayList<>();
    Eventually.holds("GPUs are seen", () -> {
      try {
        seen.addAll(monitor.newFigures());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return seen.size() >= count;
    });
    return seen;
  }

  @Test
  void theGpusOfTheDeploymentAreSeenAgainAndAgain() throws Exception {
    try (GpuMonitor monitor = monitor("""
      for round in 1 2; do
        printf '0, 71234, 87, 612.33\\n1, 5, 0, 70.10\\n2, 70000, [N/A], [Not Supported]\\n'
      done
      sleep 60
      """)) {
      assertThat(until(monitor, 4)).containsExactly(
          new GpuFigures(0, "prefill-0", OptionalDouble.of(71_234), OptionalDouble.of(0.87), OptionalDouble.of(612.33)),
          new GpuFigures(2, "decode-0", OptionalDouble.of(70_000), OptionalDouble.empty(), OptionalDouble.empty()),
          new GpuFigures(0, "prefill-0", OptionalDouble.of(71_234), OptionalDouble.of(0.87), OptionalDouble.of(612.33)),
          new GpuFigures(2, "decode-0", OptionalDouble.of(70_000), OptionalDouble.empty(), OptionalDouble.empty()));
      assertThat(monitor.newFigures()).as("each is told once").isEmpty();
      assertThat(monitor.alive()).isTrue();
    }
  }

  @Test
  void aLineThatIsBeingWrittenIsWaitedFor() throws Exception {
    try (GpuMonitor monitor = monitor("""
      printf '0, 71234, 87, 6'
      while [ ! -e %s ]; do sleep 0.02; done
      printf '12.33\\n'
      sleep 60
      """.formatted(folder.resolve("go")))) {
      Eventually.holds("it writes", () -> folder.resolve("gpus.csv").toFile().length() > 0);
      assertThat(monitor.newFigures()).isEmpty();
      Files.createFile(folder.resolve("go"));
      assertThat(until(monitor, 1).getFirst().powerWatts()).hasValue(612.33);
    }
  }

  @Test
  void itAsksInTheIntervalAndEndsWhenItIsClosed() throws Exception {
    GpuMonitor monitor = monitor("echo \"$@\"\nexec sleep 60");
    Path log = folder.resolve("gpus.csv");
    Eventually.holds("it writes", () -> log.toFile().length() > 0);
    assertThat(Files.readString(log).strip()).isEqualTo(
        "--query-gpu=index,memory.used,utilization.gpu,power.draw --format=csv,noheader,nounits -lms 1000");
    monitor.close();
    assertThat(monitor.alive()).isFalse();
  }

  @Test
  void whatFailsSaysNothing() throws Exception {
    try (GpuMonitor monitor = monitor("echo 'Failed to initialize NVML: Driver/library version mismatch'; exit 18")) {
      Eventually.holds("it ends", () -> !monitor.alive());
      assertThat(monitor.newFigures()).isEmpty();
    }
  }

  @Test
  void withoutTheProgramNothingIsWatched() throws Exception {
    assertThat(GpuMonitor.start(Duration.ofSeconds(1), INSTANCES, folder.resolve("gpus.csv"),
        Map.of("PATH", folder.toString()))).isEmpty();
  }
}
