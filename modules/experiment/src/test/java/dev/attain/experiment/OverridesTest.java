package dev.attain.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.schedule.Extent;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverridesTest {
  @TempDir
  Path folder;

  private Sample minimal() {
    return Sample.minimalAnd(folder, "");
  }

  @Test
  void overrideWinsOverTheFile() {
    assertThat(minimal().override("slo.ttft", "250 ms").read().slo().ttft()).isEqualTo(Duration.ofMillis(250));
  }

  @Test
  void listMayBeWrittenWithOrWithoutBrackets() {
    assertThat(minimal().override("load.rates", "1, 2.5").read().load().rates()).isEqualTo(List.of(1.0, 2.5));
    assertThat(minimal().override("load.rates", "[1, 2.5]").read().load().rates()).isEqualTo(List.of(1.0, 2.5));
  }

  @Test
  void nullTakesAKeyBack() {
    var load = minimal().override("load.requests", "null").override("load.duration", "3 s").read().load();
    assertThat(load.extent()).isEqualTo(new Extent.Time(Duration.ofSeconds(3)));
  }

  @Test
  void deploymentGoesByItsName() {
    var deployment = minimal().override("deployments.colocated.replicas", "4").read().deployments().getFirst();
    assertThat(deployment.gpus()).isEqualTo(4);
  }

  @Test
  void urlNeedsNoQuotes() {
    var text = "deployments = [{ name = e, kind = external, endpoints = \"http://h:1\" }]";
    var sample = Sample.minimalAnd(folder, text).override("deployments.e.endpoints", "http://other:2/v1/");
    assertThat(sample.read().deployments()).singleElement().isEqualTo(
        new Deployment.External("e", List.of(URI.create("http://other:2")), List.of(), List.of(), 0, HandOver.CLIENT));
  }

  @Test
  void problemNamesTheOverride() {
    assertThat(minimal().override("slo.ttft", "500").problems())
        .containsExactly("-D slo.ttft: 500 has no unit; write 500 ms");
    assertThat(minimal().override("load.rates", "[1, 0]").problems())
        .containsExactly("-D load.rates: 0 is not above 0; write for example 8");
    assertThat(minimal().override("slo.tfft", "5 ms").problems())
        .containsExactly("-D slo.tfft: is no known key; the nearest is slo.ttft");
    assertThat(minimal().override("results.folder", "x").problems())
        .containsExactly("-D results.folder: results: is no known key; the nearest is requests");
    assertThat(minimal().override("deployments.colocated.gpus.count", "3").problems()).containsExactly(
        "-D deployments.colocated.gpus.count: deployments.colocated.gpus: has no effect for a deployment of kind "
            + "colocated; leave it out");
    assertThat(minimal().override("a..b", "1").problems())
        .containsExactly("-D a..b: is not a key; write for example -D load.repeats=3");
    assertThat(minimal().override("load.rates", "[1").problems())
        .containsExactly("-D load.rates: [1 is not valid HOCON; close every bracket and quote");
    assertThat(minimal().override("deployments.colocted.replicas", "1").problems())
        .containsExactly("-D deployments.colocted.replicas: no deployment is named colocted; the nearest is colocated");
    assertThat(minimal().override("deployments.colocated.replicas", "0").problems())
        .containsExactly("-D deployments.colocated.replicas: 0 is below 1; write 1 or more");
  }
}
