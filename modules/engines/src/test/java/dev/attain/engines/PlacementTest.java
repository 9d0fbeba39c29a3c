package dev.attain.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attain.engines.Placement.Demand;
import dev.attain.experiment.Engine;
import dev.attain.experiment.GpuUse;
import dev.attain.experiment.KvTransfer;
import dev.attain.experiment.Launch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlacementTest {
  private static final GpuInventory ISLANDS = GpuInventory.parse(Recorded.query(8), "", Recorded.TWO_ISLANDS);
  private static final GpuInventory BRIDGE = GpuInventory.parse(Recorded.query(4), "", Recorded.ONE_BRIDGE);

  private static Engine.Installed engine(GpuUse use, double memory) {
    return new Engine.Vllm(new Launch(List.of("vllm"), Map.of(), Map.of(), List.of(), use, 2), memory, Optional.empty(),
        Optional.empty(), Optional.empty(), KvTransfer.PLAIN);
  }

  private static final Engine.Installed EXCLUSIVE = engine(GpuUse.EXCLUSIVE, 0.8);

  @Test
  void instancesGetGpusThatNvlinkJoins() throws Exception {
    assertThat(Placement.of(List.of(new Demand("a", 2)), EXCLUSIVE, BRIDGE))
        .containsOnly(Map.entry("a", List.of(1, 2)));
    assertThat(Placement.of(List.of(new Demand("a", 2), new Demand("b", 4), new Demand("c", 2)), EXCLUSIVE, ISLANDS))
        .containsOnly(Map.entry("b", List.of(0, 1, 2, 3)), Map.entry("a", List.of(4, 5)),
            Map.entry("c", List.of(6, 7)));
  }

  @Test
  void prefillAndDecodeAreNeighboursWhereTheyCanBe() throws Exception {
    assertThat(Placement.of(List.of(new Demand("prefill-0", 1), new Demand("decode-0", 1)), EXCLUSIVE,
        new GpuInventory(BRIDGE.gpus().subList(1, 4), BRIDGE.links())))
        .containsOnly(Map.entry("prefill-0", List.of(1)), Map.entry("decode-0", List.of(2)));
  }

  @Test
  void withoutLinksTheLowestNumbersAreTaken() throws Exception {
    assertThat(Placement.of(List.of(new Demand("a", 1), new Demand("b", 1)), EXCLUSIVE,
        GpuInventory.parse(Recorded.query(2), "", Recorded.ONLY_PCI)))
        .containsExactly(Map.entry("a", List.of(0)), Map.entry("b", List.of(1)));
  }

  @Test
  void noGpuHasTwoInstancesUnlessAsked() throws Exception {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      List<Demand> demands = new ArrayList<>();
      int left = 8;
      while (left > 0) {
        int size = Math.min(left, 1 << random.nextInt(4));
        demands.add(new Demand("i" + demands.size(), Integer.highestOneBit(size)));
        left -= Integer.highestOneBit(size);
      }
      Map<String, List<Integer>> placed = Placement.of(demands, EXCLUSIVE, ISLANDS);
      List<Integer> all = placed.values().stream().flatMap(List::stream).toList();
      assertThat(new HashSet<>(all)).hasSize(8).hasSameSizeAs(all);
      demands.forEach(demand -> assertThat(placed.get(demand.instance())).hasSize(demand.gpus()));
    }
  }

  @Test
  void askedForTheyShareAndSpread() throws Exception {
    GpuInventory two = GpuInventory.parse(Recorded.query(2), "", Recorded.TWO_H200);
    List<Demand> four = List.of(new Demand("a", 1), new Demand("b", 1), new Demand("c", 1), new Demand("d", 1));
    assertThat(Placement.of(four, engine(new GpuUse(List.of(), 2), 0.45), two).values())
        .containsExactly(List.of(0), List.of(1), List.of(0), List.of(1));
    assertThat(Placement.of(four.subList(0, 2), engine(new GpuUse(List.of(1), 2), 0.45), two).values())
        .containsExactly(List.of(1), List.of(1));
  }

  @Test
  void tooFewGpusAreASentenceWithTheArithmetic() {
    assertThatThrownBy(
        () -> Placement.of(List.of(new Demand("prefill-0", 2), new Demand("decode-0", 4)), EXCLUSIVE, BRIDGE))
        .isInstanceOf(PlacementException.class)
        .hasMessage("the instances need 6 GPUs (prefill-0: 2, decode-0: 4), and this node has 4, 4 of them free; "
            + "take fewer instances or a smaller tensor-parallel, or add an engine node");
  }

  @Test
  void gpusOfSomebodyElseAreNamed() {
    GpuInventory busy = GpuInventory.parse(Recorded.query(List.of(600, 34_512)), "", Recorded.TWO_H200);
    assertThatThrownBy(() -> Placement.of(List.of(new Demand("a", 2)), EXCLUSIVE, busy))
        .hasMessage("the instances need 2 GPUs (a: 2), and this node has 2, 1 of them free, others in use: "
            + "GPU 1 (NVIDIA H200, 34512 of 143771 MiB used); stop what runs there, take fewer instances, or add an "
            + "engine node");
    // 600 MiB are little, but too much for an instance that wants everything.
    assertThatThrownBy(() -> Placement.of(List.of(new Demand("a", 1)), engine(GpuUse.EXCLUSIVE, 1), busy))
        .hasMessageContaining("0 of them free");
  }

  @Test
  void aPinnedGpuMustExist() {
    assertThatThrownBy(
        () -> Placement.of(List.of(new Demand("a", 1)), engine(new GpuUse(List.of(4), 1), 0.8), BRIDGE)).hasMessage(
            "engine.gpus names GPU 4, and this node has GPUs [0, 1, 2, 3]; correct the list, or leave it out");
  }
}
