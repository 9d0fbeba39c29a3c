package dev.attain.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResolvedConfigurationTest {
  @TempDir
  Path folder;

  private static Config json(Sample sample) {
    return ConfigFactory.parseString(sample.read().resolved().json());
  }

  @Test
  void defaultsOverridesAndEnvironmentAreInIt() {
    var sample = Sample.minimalAnd(folder, "slo.ttft = ${?TTFT_SLO}").variable("TTFT_SLO", "250").override("seed", "5");
    var json = json(sample);
    assertThat(json.getString("slo.ttft")).isEqualTo("250 ms");
    assertThat(json.getValue("seed").unwrapped()).isEqualTo(5);
    assertThat(json.getValue("load.rates").unwrapped()).asString().isEqualTo("[8, 16]");
    assertThat(json.getString("name")).isEqualTo("x");
    assertThat(json.getInt("model.context-tokens")).isEqualTo(131_072);
    assertThat(json.getConfigList("deployments").getFirst().getString("engine.gpu")).isEqualTo("h100");
    assertThat(json.getString("deadlines.engines-ready")).isEqualTo("10 min");
  }

  @Test
  void keysThatTookNoPartAreNot() {
    var json = json(Sample.minimalAnd(folder, ""));
    assertThat(json.hasPath("arrivals.burstiness")).isFalse();
    assertThat(json.hasPath("workload.trace")).isFalse();
  }

  @Test
  void apiKeyIsThereByTheNameOfItsVariableOnly() {
    var sample = Sample.minimalAnd(folder, "requests.api-key-variable = KEY").variable("KEY", "sk-secret");
    var experiment = sample.read();
    assertThat(experiment.requests().apiKeyVariable()).contains("KEY");
    assertThat(experiment.resolved().json()).contains("\"KEY\"").doesNotContain("sk-secret");
    assertThat(experiment.toString()).doesNotContain("sk-secret");
  }

  @Test
  void readingItAgainGivesTheSameExperiment() {
    var first = Sample.minimalAnd(folder, "arrivals = constant\nnodes { load = 2, weights = [1, 2] }").read();
    var second = new Sample(folder, first.resolved().json()).read();
    assertThat(second).isEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"endpoints = \"http://h:1\"", "prefill = \"http://h:1\", decode = \"http://h:2\"",
      "prefill = \"http://h:1\", decode = \"http://h:2\", hand-over = sidecar",
      "endpoints = \"http://h:3\", prefill = \"http://h:1\", decode = \"http://h:2\""})
  void readingWhatServesAlreadyAgainGivesTheSameExperiment(String addresses) {
    var first = Sample.minimalAnd(folder, "deployments = [{ name = e, kind = external, " + addresses + " }]").read();
    var second = new Sample(folder, first.resolved().json()).read();
    assertThat(second).isEqualTo(first);
  }
}
