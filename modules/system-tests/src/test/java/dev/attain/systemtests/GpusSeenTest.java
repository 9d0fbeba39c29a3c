package dev.attain.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attain.engines.SelfCommand;
import dev.attain.results.GpuLoad;
import dev.attain.results.PointSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine that has two GPUs, as far as its nvidia-smi knows, and a simulator that passes for vLLM. */
@StartsProcesses
@Tag("long")
class GpusSeenTest {
  @TempDir
  Path folder;

  private Path program(String name, String body) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + body);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static String simulator() {
    return SelfCommand.ofThisJvm().command(64L << 20, List.of("simulate-engine", "--model", "qwen3-0.6b")).stream()
        .map(word -> "'" + word + "'").collect(Collectors.joining(" "));
  }

  @Test
  void theirMemoryUseAndPowerAreInTheBundleAndNothingGoesOnWatching() throws IOException {
    program("nvidia-smi", """
      case "$*" in
        *-lms*) while :; do printf '0, 71234, 80, 600.00\\n1, 70000, 90, [N/A]\\n'; sleep 0.3; done ;;
        *uuid*) printf '0, GPU-0, NVIDIA H100, 81559, 4\\n1, GPU-1, NVIDIA H100, 81559, 4\\n' ;;
        *) exit 1 ;;
      esac
      """);
    Path engine = program("engine", "shift\nexec " + simulator() + " \"$@\"\n");
    Path conf = Experiments.write(folder, "gpus", """
      model { name = tiny, path = tiny }
      engine { kind = vllm, executable = ["%s"] }
      deployments = [{ name = colocated, kind = colocated, tensor-parallel = 2 }]
      """.formatted(engine));
    // Leaves nothing running, or this fails.
    AttainProcess.Ended ended = AttainProcess.run(folder,
        Map.of("PATH", folder + ":" + System.getenv("PATH")), "run", conf.toString());

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    PointSummary summary = ended.bundle().onlySummary();
    assertThat(summary.server().peakGpuMemoryMebibytes()).hasValue(71_234);
    assertThat(summary.server().gpus()).extracting(GpuLoad::gpu).containsExactly(0, 1);
    GpuLoad first = summary.server().gpus().getFirst();
    assertThat(first.instance()).isEqualTo("colocated-0");
    assertThat(first.utilisationMean().orElseThrow()).isBetween(0.79, 0.81);
    assertThat(first.powerMeanWatts()).hasValue(600);
    assertThat(summary.server().gpus().getLast().powerMeanWatts()).isEmpty();
    JsonNode file = RunBundle.json(ended.bundle().folder().resolve("points").resolve(summary.point())
        .resolve("server-metrics.json"));
    assertThat(file.get("gpus").get(0).get("samples")).hasSizeGreaterThan(2);
    assertThat(ended.bundle().folder().resolve("logs/colocated-gpus.csv")).isNotEmptyFile();
  }
}
