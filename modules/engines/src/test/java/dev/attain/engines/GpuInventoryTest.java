package dev.attain.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attain.engines.GpuInventory.Link;
import java.util.List;
import org.junit.jupiter.api.Test;

class GpuInventoryTest {
  @Test
  void gpusAndTheirLinksAreRead() {
    GpuInventory inventory = GpuInventory.parse(Recorded.query(List.of(4, 80_123)), "", Recorded.TWO_H200);
    assertThat(inventory.gpus()).containsExactly(
        new Gpu(0, "GPU-00000000-1d2c-0fd1-b1a0-2d0f7e7a1b2c", "NVIDIA H200", 143_771, 4, "", List.of()),
        new Gpu(1, "GPU-00000001-1d2c-0fd1-b1a0-2d0f7e7a1b2c", "NVIDIA H200", 143_771, 80_123, "", List.of()));
    assertThat(inventory.links()).containsExactly(new Link(0, 1));
    assertThat(inventory.linked(1, 0)).isTrue();
  }

  @Test
  void otherConnectionsAreNoLinks() {
    assertThat(GpuInventory.parse(Recorded.query(4), "", Recorded.ONE_BRIDGE).links()).containsExactly(new Link(1, 2));
    assertThat(GpuInventory.parse(Recorded.query(2), "", Recorded.ONLY_PCI).links()).isEmpty();
    assertThat(GpuInventory.parse(Recorded.query(8), "", Recorded.TWO_ISLANDS).links()).hasSize(12);
    assertThat(GpuInventory.parse(Recorded.query(1), "", "").links()).isEmpty();
  }

  @Test
  void memoryThatTheDriverDoesNotTellCountsAsFree() {
    Gpu gpu = GpuInventory.parse("0, GPU-1, NVIDIA GB10, [N/A], [N/A]\n", "", "").gpus().getFirst();
    assertThat(gpu).isEqualTo(new Gpu(0, "GPU-1", "NVIDIA GB10", 0, 0, "", List.of()));
    assertThat(gpu.usedShare()).isZero();
  }

  @Test
  void whatIsNoAnswerIsASentence() {
    assertThatThrownBy(() -> GpuInventory.parse("No devices were found\n", "", ""))
        .isInstanceOf(IllegalArgumentException.class).hasMessage("nvidia-smi answers \"No devices were found\" where "
            + "index, uuid, name and memory were asked; see what it says by itself");
  }

  @Test
  void onlyTheGpusThatTheEnvironmentLeavesAreThere() {
    GpuInventory all = GpuInventory.parse(Recorded.query(4), "", Recorded.ONE_BRIDGE);
    assertThat(all.visible("2,1").gpus()).extracting(Gpu::index).containsExactly(1, 2);
    assertThat(all.visible("GPU-00000003").gpus()).extracting(Gpu::index).containsExactly(3);
    assertThat(all.visible("0,-1,2").gpus()).extracting(Gpu::index).containsExactly(0);
    assertThat(all.visible("").gpus()).isEmpty();
  }
}
