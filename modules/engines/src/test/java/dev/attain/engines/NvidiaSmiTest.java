package dev.attain.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
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
        .containsExactly(new Gpu(0, "GPU-1", "NVIDIA L4", 23_034, 2, "", List.of()));
  }

  @Test
  void theDriverAndWhoComputesAreTold() throws Exception {
    program("""
      case $1 in
        --query-gpu=*) echo '0, GPU-1, NVIDIA L4, 23034, 900, 580.95.05' ;;
        --query-compute-apps=*)
          echo 'GPU-1, 4711, 880, /usr/bin/python3, with a comma'
          echo 'GPU-1, 12, [N/A], [Not Found]'
          echo 'GPU-2, 13, 1, other'
          echo 'No running processes found' ;;
        *) exit 1 ;;
      esac
      """);
    Gpu gpu = NvidiaSmi.inventory(path()).orElseThrow().gpus().getFirst();
    assertThat(gpu).isEqualTo(new Gpu(0, "GPU-1", "NVIDIA L4", 23_034, 900, "580.95.05",
        List.of(new GpuProcess(4711, 880, "/usr/bin/python3, with a comma"), new GpuProcess(12, 0, "[Not Found]"))));
    assertThat(gpu.describe()).isEqualTo("GPU 0 (NVIDIA L4, 900 of 23034 MiB used by process 4711 (/usr/bin/python3, "
        + "with a comma, 880 MiB) and process 12 ([Not Found]))");
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
