package dev.attain.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.client.BodyField;
import dev.attain.client.ClientSettings;
import dev.attain.experiment.ExperimentReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnlistmentTest {
  @Test
  void requestsToEachDeploymentSayWhatItsOwnEngineTakes(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("x.conf"), """
      load { rates = 1, requests = 1 }
      slo { ttft = 500 ms, tpot = 30 ms }
      model.name = m
      workload.prompts-as = text
      requests.body-fields = min-tokens
      deployments = [
        { name = ours, kind = colocated, engine.kind = vllm }
        { name = pair, kind = disaggregated, engine.kind = vllm }
        { name = plain, kind = colocated, engine.kind = transformers }
        { name = theirs, kind = external, endpoints = "http://h:1" }
      ]
      """);
    Definition definition = Definition.of(ExperimentReader.read(file, Map.of(), Map.of()));
    Enlistment enlistment = new Enlistment("run", "load-1", Duration.ofSeconds(5), definition,
        new SharePlanner(definition, "run", "load-1", 0));

    assertThat(enlistment.clientSettings("ours")).extracting(ClientSettings::bodyFields)
        .isEqualTo(enlistment.clientSettings("pair").bodyFields());
    assertThat(enlistment.clientSettings("ours").bodyFields())
        .containsExactlyInAnyOrder(BodyField.IGNORE_EOS, BodyField.STREAM_OPTIONS);
    assertThat(enlistment.clientSettings("plain").bodyFields()).isEmpty();
    assertThat(enlistment.clientSettings("theirs").bodyFields()).containsExactly(BodyField.MIN_TOKENS);
  }

  @Test
  void bothModulesNameTheSameFields() {
    assertThat(BodyField.values()).extracting(Enum::name)
        .containsExactlyElementsOf(Stream.of(dev.attain.experiment.BodyField.values()).map(Enum::name).toList());
  }
}
