package dev.attain.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NvidiaSmiTest {
  @TempDir
  Path folder;

  private Map<String, String> path() {
    return Map.of("PATH", folder.toString());
  }

  private void program(String body) throws IOException {
    Path file = Files.writeString(folder.resolve("nvidia-smi"), "#!/bin/sh\n" + body);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void withoutTheProgramThereIsNothingToPlaceOn() throws Exception {
    assertThat(NvidiaSmi.inventory(path())).isEmpty();
  }

  @Test
  void aFailingTopologyLeavesGpusWithoutLinks() throws Exception {
    program("[ \"$1\" = topo ] && exit 1\necho '0, GPU-1, NVIDIA L4, 23034, 2'");
    assertThat(NvidiaSmi.inventory(path()).orElseThrow().gpus())
        .containsExactly(new Gpu(0, "GPU-1", "NVIDIA L4", 23_034, 2));
  }

  @Test
  void whatTheEnvironmentHidesIsNotThere() throws Exception {
    program("printf '0, GPU-0, A, 1000, 0\\n1, GPU-1, B, 1000, 0\\n'");
    assertThat(NvidiaSmi.inventory(Map.of("PATH", folder.toString(), "CUDA_VISIBLE_DEVICES", "1")).orElseThrow().gpus())
        .extracting(Gpu::index).containsExactly(1);
  }

  @Test
  void aFailureIsASentence() throws Exception {
    program("echo 'Failed to initialize NVML: Driver/library version mismatch'; exit 18");
    assertThatThrownBy(() -> NvidiaSmi.inventory(path())).isInstanceOf(IOException.class).hasMessage("nvidia-smi fails "
        + "with: Failed to initialize NVML: Driver/library version mismatch; see whether the driver works");
  }
}
