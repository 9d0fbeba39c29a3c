package dev.attain.engines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.experiment.BodyField;
import dev.attain.experiment.ConfigurationException;
import dev.attain.experiment.Deployment;
import dev.attain.experiment.Experiment;
import dev.attain.experiment.ExperimentReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestRulesTest {
  @TempDir
  Path folder;

  private Experiment experiment(String more) throws IOException, ConfigurationException {
    Path file = Files.writeString(folder.resolve("x.conf"), """
      load { rates = 1, requests = 1 }
      slo { ttft = 500 ms, tpot = 30 ms }
      model.name = "org/model"
      deployments = [{ name = one, kind = colocated }]
      """ + more);
    return ExperimentReader.read(file, Map.of(), Map.of());
  }

  private RequestDialect dialect(String kind) throws Exception {
    Experiment experiment = experiment(
        "engine.kind = " + kind + (kind.equals("simulator") ? "\nengine.model = opt-13b" : ""));
    return EngineKind.of(((Deployment.Colocated) experiment.deployments().getFirst()).engine()).dialect();
  }

  @ParameterizedTest
  @ValueSource(strings = {"simulator", "vllm", "sglang", "tensorrt-llm"})
  void mostTakeTokenIdsAndForceTheLength(String kind) throws Exception {
    assertThat(dialect(kind).tokenIds()).isTrue();
    assertThat(dialect(kind).fields()).containsExactlyInAnyOrder(BodyField.IGNORE_EOS, BodyField.STREAM_OPTIONS);
    assertThat(dialect(kind).forcesLength()).isTrue();
    assertThat(RequestRules.problems(experiment("engine { kind = " + kind + ", model = opt-13b }"
        .replace(kind.equals("simulator") ? "" : ", model = opt-13b", "")))).isEmpty();
  }

  @Test
  void lmdeployForcesTheLengthButTakesText() throws Exception {
    assertThat(dialect("lmdeploy").forcesLength()).isTrue();
    assertThat(dialect("lmdeploy").tokenIds()).isFalse();
  }

  @Test
  void transformersTakesTextAndNoFurtherField() throws Exception {
    assertThat(dialect("transformers").forcesLength()).isFalse();
    assertThat(dialect("transformers").tokenIds()).isFalse();
    assertThat(dialect("transformers").fields()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lmdeploy", "transformers"})
  void tokenIdsForAnEngineThatTakesNoneAreAProblemBeforeAnythingStarts(String kind) throws Exception {
    assertThat(RequestRules.problems(experiment("engine.kind = " + kind)))
        .containsExactly(
            "workload.prompts-as: " + kind + ", the engine of deployment one, takes no token ids; write text");
    assertThat(RequestRules.problems(experiment("engine.kind = " + kind + "\nworkload.prompts-as = text"))).isEmpty();
  }

  @Test
  void onlyTheDeploymentWhoseEngineTakesNoneIsNamed() throws Exception {
    List<String> problems = RequestRules.problems(experiment("""
      engine.kind = vllm
      deployments = [
        { name = one, kind = colocated }
        { name = two, kind = colocated, engine.kind = lmdeploy }
        { name = three, kind = external, endpoints = "http://h:1" }
      ]
      """));
    assertThat(problems).singleElement().asString().contains("lmdeploy, the engine of deployment two");
  }

  @Test
  void transformersServesAModelUnderItsPath() throws Exception {
    String text = "engine.kind = transformers\nworkload.prompts-as = text\nmodel.path = \"org/other\"";
    assertThat(RequestRules.problems(experiment(text))).containsExactly("model.name: transformers, the engine of"
        + " deployment one, serves a model under its path; write org/other");
    assertThat(RequestRules.problems(experiment(text + "\nmodel.name = auto"))).isEmpty();
  }
}
