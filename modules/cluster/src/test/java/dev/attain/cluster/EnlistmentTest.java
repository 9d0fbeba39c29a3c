package dev.attain.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.client.BodyField;
import dev.attain.client.ClientSettings;
import dev.attain.client.ConnectionsAhead;
import dev.attain.experiment.ExperimentReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnlistmentTest {
  private static final String DEPLOYMENTS = """
    load { rates = 1, requests = 1 }
    slo { ttft = 500 ms, tpot = 30 ms }
    model.name = m
    workload.prompts-as = text
    deployments = [
      { name = ours, kind = colocated, engine.kind = vllm }
      { name = pair, kind = disaggregated, engine.kind = vllm }
      { name = guessing, kind = disaggregated, engine { kind = vllm, options.speculative-config = "{}" } }
      { name = plain, kind = colocated, engine.kind = transformers }
      { name = theirs, kind = external, endpoints = "http://h:1" }
    ]
    """;

  @TempDir
  Path folder;

  private Enlistment enlistment(String more) throws Exception {
    Path file = Files.writeString(folder.resolve("x.conf"), DEPLOYMENTS + more);
    Definition definition = Definition.of(ExperimentReader.read(file, Map.of(), Map.of()));
    return new Enlistment("run", "load-1", Duration.ofSeconds(5), definition,
        new SharePlanner(definition, "run", "load-1", 0));
  }

  private static boolean asksForUsageInEachEvent(Enlistment enlistment, String deployment) {
    return enlistment.clientSettings(deployment).bodyFields().contains(BodyField.CONTINUOUS_USAGE);
  }

  @Test
  void usageInEachEventIsAskedForWhereAnEventMayCarrySeveralTokens() throws Exception {
    Enlistment automatic = enlistment("");
    assertThat(asksForUsageInEachEvent(automatic, "guessing")).isTrue();
    assertThat(asksForUsageInEachEvent(automatic, "pair")).isFalse();
    assertThat(asksForUsageInEachEvent(automatic, "theirs")).isFalse();
  }

  @Test
  void usageInEachEventMayBeAskedOfAllThatTakeItOrOfNone() throws Exception {
    Enlistment always = enlistment("requests.token-counts = usage");
    assertThat(asksForUsageInEachEvent(always, "ours")).isTrue();
    assertThat(asksForUsageInEachEvent(always, "theirs")).isTrue();
    assertThat(asksForUsageInEachEvent(always, "plain")).as("it would answer 422").isFalse();
    assertThat(asksForUsageInEachEvent(enlistment("requests.token-counts = events"), "guessing")).isFalse();
  }

  @Test
  void connectionsAheadAreThoseOfTheConfiguration() throws Exception {
    assertThat(enlistment("").clientSettings("ours").connectionsAhead()).isEqualTo(ConnectionsAhead.AUTO);
    assertThat(enlistment("requests.connections-ahead = 3").clientSettings("ours").connectionsAhead().connections())
        .hasValue(3);
  }

  @Test
  void requestsToEachDeploymentSayWhatItsOwnEngineTakes() throws Exception {
    Enlistment enlistment = enlistment("requests.body-fields = min-tokens");

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
