package dev.attain.engines;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class GpuReleaseTest {
  private static Gpu gpu(int index, int used, GpuProcess... processes) {
    return new Gpu(index, "GPU-" + index, "NVIDIA H200", 143_771, used, "", List.of(processes));
  }

  @Test
  void memoryThatIsStillHeldIsNamedWithItsHolder() {
    assertThat(GpuRelease.held(List.of(gpu(0, 4), gpu(1, 604)),
        List.of(gpu(0, 500), gpu(1, 34_512, new GpuProcess(4711, 34_000, "python3"))), Duration.ofSeconds(30)))
        .contains("30 s after its end GPU 1 still has 34512 of 143771 MiB in use by process 4711 (python3, "
            + "34000 MiB), 604 before its start");
  }

  @Test
  void littleMoreThanBeforeIsNothingHeld() {
    assertThat(GpuRelease.held(List.of(gpu(0, 4)), List.of(gpu(0, 2_800)), Duration.ZERO)).isEmpty();
  }

  @Test
  void theGpusOfOthersAreTheirOwn() {
    assertThat(GpuRelease.held(List.of(gpu(0, 4)), List.of(gpu(0, 4), gpu(1, 100_000)), Duration.ZERO))
        .isEmpty();
  }
}
