package dev.attain.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attain.experiment.Engine;
import dev.attain.experiment.GpuUse;
import dev.attain.experiment.KvTransfer;
import dev.attain.experiment.Launch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpreadTest {
  private static final Engine VLLM = engine(GpuUse.EXCLUSIVE, 0.8);

  private static Engine engine(GpuUse use, double memory) {
    return new Engine.Vllm(new Launch(List.of("vllm"), Map.of(), Map.of(), List.of(), use, 2), memory, Optional.empty(),
        Optional.empty(), Optional.empty(), KvTransfer.PLAIN);
  }

  private static Spread.Node node(String name, int... usedMebibytes) {
    return new Spread.Node(name, Set.of(name, "host-" + name),
        Optional.of(new GpuInventory(IntStream.range(0, usedMebibytes.length).mapToObj(index -> new Gpu(index,
            "GPU-" + index, "NVIDIA H200", 143_771, usedMebibytes[index], "", List.of())).toList(), Set.of())));
  }

  private static Spread.Node withoutGpus(String name) {
    return new Spread.Node(name, Set.of(name), Optional.empty());
  }

  private static Spread.Instance instance(String id, int gpus) {
    return new Spread.Instance(id, gpus, Optional.empty());
  }

  private static Spread.Instance bound(String id, int gpus, String node) {
    return new Spread.Instance(id, gpus, Optional.of(node));
  }

  @Test
  void noNodeGetsMoreThanFitsAndTheFirstIsFilledFirst() throws Exception {
    assertThat(Spread.of(List.of(instance("prefill-0", 1), instance("prefill-1", 1), instance("decode-0", 2)), VLLM,
        List.of(node("a", 4, 4), node("b", 4, 4))))
        .containsExactly(Map.entry("prefill-0", "b"), Map.entry("prefill-1", "b"), Map.entry("decode-0", "a"));
  }

  @Test
  void nodesWithoutGpusAreLeftOutWhenAnotherHasSome() throws Exception {
    assertThat(Spread.of(List.of(instance("prefill-0", 1), instance("decode-0", 1)), VLLM,
        List.of(withoutGpus("a"), node("b", 4, 4))))
        .containsOnly(Map.entry("prefill-0", "b"), Map.entry("decode-0", "b"));
  }

  @Test
  void withoutGpusAnywhereAndForSimulatorsInstancesGoInTurn() throws Exception {
    List<Spread.Instance> three = List.of(instance("prefill-0", 1), instance("prefill-1", 1), instance("decode-0", 1));
    assertThat(Spread.of(three, VLLM, List.of(withoutGpus("a"), withoutGpus("b"))).values())
        .containsExactly("a", "b", "a");
    assertThat(Spread.of(three, new Engine.Simulator("h100", "llama-3.1-8b", Map.of(), List.of()),
        List.of(node("a", 4), withoutGpus("b"))).values()).containsExactly("a", "b", "a");
  }

  @Test
  void aRoleThatIsBoundToANodeGoesThereAndTheOthersTakeWhatIsLeft() throws Exception {
    assertThat(Spread.of(List.of(instance("prefill-0", 2), bound("decode-0", 1, "host-a")), VLLM,
        List.of(node("a", 4, 4), node("b", 4, 4))))
        .containsExactly(Map.entry("prefill-0", "b"), Map.entry("decode-0", "a"));
  }

  @Test
  void aNodeThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> Spread.of(List.of(bound("decode-0", 1, "c")), VLLM, List.of(node("a", 4), node("b", 4))))
        .isInstanceOf(PlacementException.class)
        .hasMessage(
            "decode-0 is bound to the engine node c, and there are only a, b; start it there, or correct the node "
                + "of the deployment");
  }

  @Test
  void tooFewGpusAreASentenceWithTheArithmeticOfAllNodes() {
    assertThatThrownBy(() -> Spread.of(List.of(instance("prefill-0", 1), instance("decode-0", 4)), VLLM,
        List.of(node("a", 4, 4), node("b", 4, 4, 100_000), withoutGpus("c"))))
        .hasMessage(
            "the instances need 5 GPUs (prefill-0: 1, decode-0: 4), and there is no place for decode-0, which takes "
                + "4 of one node (a: 2 of 2 GPUs free, b: 2 of 3 GPUs free, others in use: GPU 2 (NVIDIA H200, 100000 of "
                + "143771 MiB used), c: no GPUs); take fewer instances or a smaller tensor-parallel, or start another engine "
                + "node");
  }

  @Test
  void aSingleNodeSaysItAsItsPlacementDoes() {
    assertThatThrownBy(() -> Spread.of(List.of(instance("decode-0", 4)), VLLM, List.of(node("a", 4, 4))))
        .hasMessage(
            "the instances need 4 GPUs (decode-0: 4), and this node has 2, 2 of them free; take fewer instances or "
                + "a smaller tensor-parallel, or add an engine node");
  }

  @Test
  void sharedAndNamedGpusCount() throws Exception {
    List<Spread.Instance> four = IntStream.range(0, 4).mapToObj(k -> instance("colocated-" + k, 1)).toList();
    assertThat(Spread.of(four, engine(new GpuUse(List.of(1), 2), 0.45), List.of(node("a", 4, 4), node("b", 4, 4)))
        .values()).containsExactly("a", "a", "b", "b");
  }

  @Test
  void whateverFitsIsPlacedAndNoNodeIsOverfull() throws Exception {
    Random random = new Random(11);
    for (int round = 0; round < 100; round++) {
      List<Spread.Node> nodes = List.of(node("a", 4, 4, 4, 4), node("b", 4, 4), node("c", 4, 4, 4, 4));
      List<Spread.Instance> instances = new ArrayList<>();
      int left = 10;
      while (left > 0) {
        int size = Math.min(Integer.highestOneBit(left), 1 << random.nextInt(3));
        instances.add(instance("i" + instances.size(), size));
        left -= size;
      }
      Map<String, Integer> taken = new HashMap<>();
      Map<String, String> placed = Spread.of(instances, VLLM, nodes);
      instances.forEach(each -> taken.merge(placed.get(each.id()), each.gpus(), Integer::sum));
      assertThat(taken).containsOnly(Map.entry("a", 4), Map.entry("b", 2), Map.entry("c", 4));
    }
  }
}
