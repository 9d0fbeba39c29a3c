package dev.attain.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attain.results.Contender.Load;
import dev.attain.results.Contender.Trait;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContenderTest {
  @TempDir
  Path folder;

  @Test
  void everyDeploymentOfABundleHasItsRequestsInTheOrderOfThePlan() throws Exception {
    List<Contender> contenders = Contender
        .ofBundle(SampleRun.write(folder.resolve("results"), SampleRun.twoDeployments(folder)));

    assertThat(contenders).extracting(Contender::name).containsExactly("colocated", "disaggregated");
    Load load = contenders.getFirst().loads().getFirst();
    assertThat(load.rate()).isEqualTo(2.5);
    assertThat(load.pairedWith(contenders.getLast().loads().getFirst())).isTrue();
    assertThat(load.requests().planned()).isEqualTo(40);
    assertThat(load.requests().completed()).isEqualTo(36);
    assertThat(load.requests().ttft()[0]).isEqualTo(0.06);
    assertThat(load.requests().tpot()[9]).isInfinite();
    assertThat(contenders.getLast().traits()).containsEntry(Trait.SEED, "7").containsEntry(Trait.GPUS, "2")
        .containsEntry(Trait.ENGINE_VERSION, "0.1.0");
  }

  @Test
  void objectivesAreMetByTheirOwnRequestsOnly() {
    double never = Double.POSITIVE_INFINITY;
    var requests = new RequestTimes(new double[]{0.1, 0.2, 0.3, never}, new double[]{0.03, 0.02, 0.01, never});

    assertThat(requests.met(0.2, 0.02)).containsExactly(false, true, false, false);
    assertThat(requests.met(0.2, never)).containsExactly(true, true, false, false);
    assertThat(requests.met(never, 0.02)).containsExactly(false, true, true, false);
    assertThat(requests.met(never, never)).containsExactly(true, true, true, false);
    assertThat(Arrays.stream(requests.requiredScales(0.2, 0.02)).mapToLong(it -> Math.round(it * 10)))
        .containsExactly(15L, 10L, 15L, Long.MAX_VALUE);
  }

  @Test
  void aBundleThatWasNotFinishedIsRemarkedOn() throws Exception {
    BundleWriter bundle = BundleWriter.create(folder.resolve("results"), SampleRun.oneDeployment(folder),
        SampleRun.STARTED, SampleRun.PROVENANCE);
    var experiment = SampleRun.oneDeployment(folder);
    SampleRun.writePoint(bundle, experiment, experiment.points(experiment.deployments().getFirst()).getFirst());

    Contender contender = Contender.ofBundle(bundle.folder()).getFirst();

    assertThat(contender.loads()).extracting(Load::rate).containsExactly(2.5);
    assertThat(contender.remarks()).singleElement().asString()
        .endsWith("is incomplete; its finished points are compared");
  }

  @Test
  void aClosedLoopHasNoRateToCompare() throws Exception {
    BundleWriter bundle = BundleWriter.create(folder.resolve("results"), SampleRun.closedLoop(folder),
        SampleRun.STARTED, SampleRun.PROVENANCE);

    assertThatExceptionOfType(BundleException.class).isThrownBy(() -> Contender.ofBundle(bundle.folder()))
        .withMessageContaining("is a closed loop");
  }

  @Test
  void filesInVllmsKeysAreReadAsThatProgramCounts() throws Exception {
    Files.writeString(folder.resolve("vllm-2.5qps-b.json"), """
      {"duration": 4, "seed": 0, "input_lens": [5, 6], "output_lens": [3, 1], "ttfts": [0.25, 0.5],
       "itls": [[0.1, 0.3], []], "errors": ["", ""], "num_prefill_instances": 2, "num_decode_instances": 1,
       "prefiller_tp_size": 1, "decoder_tp_size": 2, "model_id": "m"}""");
    Files.writeString(folder.resolve("vllm-2.5qps-a.json"),
        """
          {"duration": 6, "seed": 1, "input_lens": [5], "output_lens": [0], "ttfts": [0.0], "itls": [[]], "errors": ["no"]}""");
    Files.writeString(folder.resolve("notes.json"), "{}");

    Contender contender = Contender.ofVllmFolder(folder, true);

    Load load = contender.loads().getFirst();
    assertThat(load.rate()).isEqualTo(2.5);
    assertThat(load.seconds()).isEqualTo(10);
    assertThat(load.requests().ttft()).containsExactly(Double.POSITIVE_INFINITY, 0.25, 0.5);
    assertThat(load.requests().tpot()).containsExactly(Double.POSITIVE_INFINITY, 0.2, 0);
    assertThat(load.pairedWith(load)).isTrue();
  }
}
