package dev.attain.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadStructureTest {
  @TempDir
  Path folder;

  private List<String> problems(String more) {
    return Sample.minimalAnd(folder, more).problems();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
    slo.tfft = 500 ms              | slo.tfft: is no known key; the nearest is slo.ttft
    rates = [8]                    | rates: is no known key; the nearest is load.rates
    deploymets = []                | deploymets: is no known key; the nearest is deployments
    nodes.hosts = a                | nodes.hosts: is no known key; the nearest is nodes.host
    workload.promt-tokens = 5      | workload.promt-tokens: is no known key; the nearest is workload.prompt-tokens
    engine.gpuz = h100             | engine.gpuz: is no known key; the nearest is engine.gpu
    arrivals { kind = gama, burst = 2 } | arrivals.burst: is no known key; the nearest is arrivals.burstiness
    """)
  void unknownKeyNamesTheNearestKnownOne(String line, String sentence) {
    assertThat(problems(line)).contains("x.conf:5: " + sentence);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
    arrivals.burstiness = 2        | arrivals.burstiness: has no effect with arrivals.kind = poisson; leave it out
    workload.order = recorded      | workload.order: has no effect with workload.kind = lengths; leave it out
    workload.prompt-tokens.mu = 5  | workload.prompt-tokens.mu: has no effect with kind = fixed; leave it out
    """)
  void keyWithoutEffectIsNamed(String line, String sentence) {
    assertThat(problems(line)).containsExactly("x.conf:5: " + sentence);
  }

  @Test
  void emptyFileMissesExactlyWhatIsRequired() {
    assertThat(new Sample(folder, "").problems()).containsExactly(
        "x.conf: load.rates: is missing, and so is load.concurrency; write for example rates = [8, 16]",
        "x.conf: load.duration: is missing, and so is load.requests; write for example duration = 60 s",
        "x.conf: slo.ttft: is missing; write for example ttft = 500 ms",
        "x.conf: slo.tpot: is missing; write for example tpot = 50 ms",
        "x.conf: deployments: is missing; write for example deployments = [ { name = colocated, kind = colocated, replicas = 2 } ]");
  }

  @Test
  void allProblemsComeTogether() {
    assertThat(problems("slo.ttft = 500\nslo.tpot = 0 ms\nload.rates = []\nseeds = 3\n")).containsExactly(
        "x.conf:7: load.rates: is empty; write at least one rate in requests per second, for example [8, 16]",
        "x.conf:5: slo.ttft: 500 has no unit; write 500 ms",
        "x.conf:6: slo.tpot: 0 ms is not above 0; write for example 500 ms",
        "x.conf:8: seeds: is no known key; the nearest is seed");
  }

  @Test
  void pointEndsByTimeOrByCount() {
    assertThat(problems("load.duration = 10 s")).containsExactly(
        "x.conf:5: load.duration: stands beside load.requests; a point ends by one of them, leave the other out");
  }

  @Test
  void pointIsNotLargerThanAScheduleCanBe() {
    assertThat(problems("load { requests = null, duration = 2 h, rates = [8, 10000] }")).containsExactly(
        "x.conf:5: load.duration: 2 h at 10000.0 requests per second is more than the 50000000 requests a point can have; "
            + "write a shorter duration or a lower rate");
  }

  @Test
  void lengthsMustFitTogether() {
    var text = """
      workload.prompt-tokens { kind = uniform, minimum = 9, maximum = 5 }
      workload.output-tokens { kind = empirical }
      """;
    assertThat(problems(text)).containsExactly(
        "x.conf:5: workload.prompt-tokens.maximum: 5 is below the minimum of 9; write 9 or more",
        "x.conf: workload.output-tokens.observed: is empty; write the observed lengths, for example [120, 340, 95]");
  }

  @Test
  void burstinessOutsideTheScheduleLimitsIsRefused() {
    assertThat(problems("arrivals { kind = gamma, burstiness = 1e-9 }")).containsExactly(
        "x.conf:5: arrivals.burstiness: 1e-9 cannot be used: burstiness must be from 0.001 to 1000000, but is 1.0E-9; "
            + "1 is Poisson, smaller means burstier");
  }
}
