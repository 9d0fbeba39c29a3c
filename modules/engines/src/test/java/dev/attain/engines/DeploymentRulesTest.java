package dev.attain.engines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.experiment.Deployment;
import dev.attain.experiment.Engine;
import dev.attain.experiment.GpuUse;
import dev.attain.experiment.HandOver;
import dev.attain.experiment.KvTransfer;
import dev.attain.experiment.Launch;
import dev.attain.experiment.ModelShape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeploymentRulesTest {
  private static final Engine VLLM = Specs.vllm(Specs.launch("vllm", "serve"), KvTransfer.PLAIN);
  private static final Optional<ModelShape> LLAMA = Optional.of(new ModelShape(32, 8, 131_072, 128_256));

  private static List<String> pair(Engine engine, Deployment.Role prefill, Deployment.Role decode,
      Optional<ModelShape> shape) {
    return DeploymentRules.problems(new Deployment.Disaggregated("pd", engine, prefill, decode, Optional.empty()),
        shape);
  }

  private static Deployment.Role role(int tensorParallel, String... arguments) {
    return new Deployment.Role(1, tensorParallel, List.of(arguments), Map.of(), Optional.empty());
  }

  @Test
  void sizesThatAreMultiplesOfEachOtherMatch() {
    for (int prefill : List.of(1, 2, 4, 8)) {
      for (int decode : List.of(1, 2, 4, 8)) {
        assertThat(pair(VLLM, role(prefill), role(decode), LLAMA)).isEmpty();
      }
    }
    assertThat(pair(VLLM, role(2), role(3), Optional.empty())).containsExactly("deployments.pd.decode.tensor-parallel: "
        + "3 and the 2 of prefill are no multiples of each other, which NIXL demands; write 2 for both");
  }

  @Test
  void tensorParallelDividesTheHeads() {
    Optional<ModelShape> fourteen = Optional.of(new ModelShape(14, 2, 32_768, 151_936));
    assertThat(
        DeploymentRules.problems(new Deployment.Colocated("c", VLLM, 1, 4, Map.of(), Optional.empty()), fourteen))
        .containsExactly(
            "deployments.c.tensor-parallel: 4 does not divide the 14 attention heads of the model; write 2");
    assertThat(
        DeploymentRules.problems(new Deployment.Colocated("c", VLLM, 1, 2, Map.of(), Optional.empty()), fourteen))
        .isEmpty();
    assertThat(DeploymentRules.problems(new Deployment.Colocated("c", VLLM, 1, 4, Map.of(), Optional.empty()),
        Optional.empty()))
        .isEmpty();
    assertThat(DeploymentRules.problems(new Deployment.Colocated("c", VLLM, 1, 4, Map.of(), Optional.empty()),
        Optional.of(new ModelShape(12, 6, 0, 0)))).containsExactly(
            "deployments.c.tensor-parallel: 4 and the 6 key-value heads of the model do not divide each other; write 3");
  }

  @Test
  void keysThatPrefillKeepsTwiceCannotBeSplitFurther() {
    Optional<ModelShape> twoShared = Optional.of(new ModelShape(32, 2, 0, 0));
    assertThat(pair(VLLM, role(4), role(1), twoShared)).containsExactly("deployments.pd.prefill.tensor-parallel: "
        + "4 is more than the 2 key-value heads of the model and more than the 1 of decode, which NIXL refuses; "
        + "write 2, or as many for decode");
    assertThat(pair(VLLM, role(1), role(4), twoShared)).isEmpty();
  }

  @Test
  void whatBothSidesMustAgreeOnIsCompared() {
    assertThat(pair(VLLM, role(1), role(1, "--dtype", "float16"), LLAMA)).containsExactly(
        "deployments.pd.decode.extra-arguments: dtype is float16 here and not given for prefill, and NIXL joins only "
            + "instances that agree; write it once, as an option of the engine");
    assertThat(pair(VLLM, role(1, "--kv_cache_dtype=fp8"), role(1, "--kv-cache-dtype", "fp8"), LLAMA)).isEmpty();
    assertThat(pair(VLLM, role(1, "--model=/m"), role(1, "--model=./m"), LLAMA)).hasSize(1);
  }

  @Test
  void whatTheEngineIsToldCountsForBoth() {
    Engine engine = Specs.vllm(new Launch(List.of("vllm"), Map.of(), Map.of("block-size", "16"),
        List.of("--kv-cache-dtype", "fp8"), GpuUse.EXCLUSIVE, 2), KvTransfer.PLAIN);
    assertThat(pair(engine, role(1, "--kv-cache-dtype=fp8"), role(1, "--block-size=64"), LLAMA)).isEmpty();
  }

  @Test
  void decodeBlocksAreMultiplesOfPrefillBlocks() {
    assertThat(pair(VLLM, role(1, "--block-size=16"), role(1, "--block-size", "64"), LLAMA)).isEmpty();
    assertThat(pair(VLLM, role(1, "--block-size=64"), role(1, "--block-size", "16"), LLAMA)).containsExactly(
        "deployments.pd.decode.extra-arguments: block-size 16 is no multiple of prefill's 64, which NIXL demands; "
            + "write a multiple");
    assertThat(pair(VLLM, role(2, "--block-size=16"), role(1, "--block-size", "64"), LLAMA)).singleElement().asString()
        .contains("while prefill has the larger tensor-parallel, which NIXL refuses");
    assertThat(pair(VLLM, role(1), role(1, "--block-size", "64"), LLAMA)).singleElement().asString()
        .contains("given for one side only");
  }

  @Test
  void parallelismBesideThePlacementIsRefused() {
    assertThat(pair(VLLM, role(1, "-pp", "2"), role(1), LLAMA)).singleElement().asString()
        .startsWith("deployments.pd.prefill.extra-arguments: pp changes how many GPUs an instance takes;");
    assertThat(pair(VLLM, role(1), role(1, "--data-parallel-size=2"), LLAMA)).singleElement().asString()
        .startsWith("deployments.pd.decode.extra-arguments: data-parallel-size changes");
  }

  @Test
  void whatServesAlreadyIsNotJudged() {
    assertThat(DeploymentRules
        .problems(new Deployment.External("e", List.of(), List.of(), List.of(), 0, HandOver.CLIENT), LLAMA))
        .isEmpty();
  }
}
