package dev.attain.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.measurement.NanoClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What the generator says of itself, with the real threads. Limits here are such that only a wrong figure fails. */
class LoadMeterTest {
  private static GeneratorLoad loadOf(ScriptedServer.Script script, int requests) throws Exception {
    try (ScriptedServer server = ScriptedServer.start(script)) {
      return Driver.run(Driver.settings(), Driver.colocated(server), Driver.every(Duration.ofMillis(10), requests),
          Driver.workload(5, 2)).load();
    }
  }

  @Test
  void everyLoopHasItsOwnFigures() throws Exception {
    GeneratorLoad load = loadOf((request, wire) -> wire.completion(request.maxTokens()), 20);

    assertThat(load.loops()).singleElement().satisfies(loop -> {
      assertThat(loop.utilisation()).isGreaterThan(0).isLessThanOrEqualTo(1);
      assertThat(loop.lagMaxNanos()).isGreaterThan(0).isGreaterThanOrEqualTo(loop.lagP99Nanos());
    });
    assertThat(load.busiestLoop()).isEqualTo(load.loops().getFirst().utilisation());
    assertThat(load.processors().loops()).isGreaterThan(0);
    assertThat(load.processors().pacer()).isGreaterThan(0);
    assertThat(load.processors().others()).isPresent();
    assertThat(load.stalls().maxNanos()).isGreaterThanOrEqualTo(load.stalls().p99Nanos());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void linuxTellsWhatTheNodeHasAndWhatItLost() throws Exception {
    GeneratorLoad load = loadOf((request, wire) -> wire.completion(request.maxTokens()), 5);

    assertThat(load.resources().descriptors()).get()
        .satisfies(descriptors -> assertThat(descriptors.peak()).isPositive().isLessThan(descriptors.limit()));
    assertThat(load.resources().ports()).get().satisfies(ports -> assertThat(ports.size()).isPositive());
    assertThat(load.resources().tcpSocketsPeak()).get().satisfies(peak -> assertThat(peak).isPositive());
    assertThat(load.kernel()).isPresent();
  }

  @Test
  void aRunThatNeverStartedHasNothingToTell() throws Exception {
    try (ScriptedServer server = ScriptedServer.start((request, wire) -> wire.completion(request.maxTokens()));
        LoadClient client = LoadClient.open(Driver.settings(), Driver.colocated(server), NanoClock.system())) {
      LoadRun run = client.prepare(Driver.every(Duration.ofMillis(10), 3), Driver.workload(5, 2), "nonce",
          Driver.SLO);
      run.stopSending("no");

      GeneratorLoad load = Driver.finish(run).load();
      assertThat(load.loopLagMaxNanos()).isZero();
      assertThat(load.stalls().maxNanos()).isZero();
    }
  }
}
