package dev.attain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random workloads on small, crowded engines: nothing leaks, nothing is lost, everything ends. */
class EngineCorePropertyTest {

  private static final int WORKLOADS = 300;

  @Test
  void everyBlockIsAccountedForAndEverythingEnds() {
    for (int seed = 0; seed < WORKLOADS; seed++) {
      Random random = new Random(seed);
      EngineLimits limits = VirtualEngine.crowded(random);
      List<Recorded> requests = requests(random, limits);

      VirtualEngine engine = VirtualEngine.of(limits).serve(requests);

      assertThat(engine.core.pool().used()).as("seed %d", seed).isZero();
      assertThat(engine.core.runningCount() + engine.core.waitingCount() + engine.core.heldCount()).as("seed %d", seed)
          .isZero();
      for (Recorded each : requests) {
        assertThat(each.tokenNanos).as("seed %d", seed).hasSize(each.sequence.order().outputTokens()).isSorted()
            .doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void blocksAreConservedAfterEveryStepEvenWhenClientsLeave() {
    for (int seed = 0; seed < WORKLOADS; seed++) {
      Random random = new Random(seed);
      EngineLimits limits = VirtualEngine.crowded(random);
      List<Recorded> requests = requests(random, limits);
      EngineCore core = VirtualEngine.of(limits).core;
      requests.forEach(each -> core.submit(each.sequence));
      long clock = 0;
      for (int step = 0; step < 200; step++) {
        long end = core.step(clock);
        clock = end == EngineCore.IDLE ? clock + 1_000_000 : end;
        int held = requests.stream().mapToInt(each -> each.sequence.blocks().size()).sum();
        assertThat(core.pool().used()).as("seed %d step %d", seed, step).isEqualTo(held);
        assertThat(core.pool().free()).isNotNegative();
        core.abort(requests.get(random.nextInt(requests.size())).sequence);
      }
    }
  }

  @Test
  void theSameWorkloadGivesTheSameTimes() {
    for (int seed = 0; seed < 20; seed++) {
      assertThat(times(seed)).isEqualTo(times(seed));
    }
  }

  private static List<List<Long>> times(int seed) {
    Random random = new Random(seed);
    EngineLimits limits = VirtualEngine.crowded(random);
    List<Recorded> requests = requests(random, limits);
    VirtualEngine.of(limits).serve(requests);
    return requests.stream().map(each -> each.tokenNanos).toList();
  }

  private static List<Recorded> requests(Random random, EngineLimits limits) {
    List<Recorded> requests = new ArrayList<>();
    long arrival = 0;
    int count = 1 + random.nextInt(40);
    int most = (int) limits.kvTokens() - 16;
    for (int i = 0; i < count; i++) {
      arrival += random.nextInt(50_000_000);
      int prompt = 1 + random.nextInt(Math.min(most - 1, 600));
      int output = 1 + random.nextInt(Math.min(most - prompt, 200));
      switch (random.nextInt(3)) {
        case 0 -> requests.add(Recorded.prefillOnly(prompt, arrival));
        case 1 -> requests.add(Recorded.decodeOnly(prompt, output, arrival));
        default -> requests.add(Recorded.request(prompt, output, arrival));
      }
    }
    return requests;
  }
}
