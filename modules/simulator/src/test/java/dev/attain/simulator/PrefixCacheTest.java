package dev.attain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An engine whose sequences know their tokens: what one has computed another need not compute again. */
class PrefixCacheTest {

  private static final int WORKLOADS = 200;

  @Test
  void aPromptSeenBeforeIsComputedOnlyFromItsLastBlockOn() {
    Recorded cold = Recorded.of(4000, 2, SequenceOrder.KvSource.COMPUTED, 0, 1);
    Recorded warm = Recorded.of(4000, 2, SequenceOrder.KvSource.COMPUTED, 1_000_000_000, 1);

    VirtualEngine.of(VirtualEngine.LIMITS).serve(List.of(cold, warm));

    assertThat(cold.sequence.foundTokens()).isZero();
    assertThat(warm.sequence.foundTokens()).as("all but the block of the last token").isEqualTo(3984);
    assertThat(warm.firstTokenNanos() - 1_000_000_000).isLessThan(cold.firstTokenNanos() / 4);
  }

  @Test
  void promptsOfOneStepShareToo() {
    Recorded first = Recorded.of(1600, 2, SequenceOrder.KvSource.COMPUTED, 0, 1);
    Recorded second = Recorded.of(1600, 2, SequenceOrder.KvSource.COMPUTED, 0, 1);

    VirtualEngine.of(VirtualEngine.LIMITS).serve(List.of(first, second));

    assertThat(second.sequence.foundTokens()).isEqualTo(1584);
    assertThat(second.tokenNanos).isEqualTo(first.tokenNanos);
  }

  @Test
  void differentPromptsShareNothing() {
    Recorded first = Recorded.of(1600, 2, SequenceOrder.KvSource.COMPUTED, 0, 1);
    Recorded other = Recorded.of(1600, 2, SequenceOrder.KvSource.COMPUTED, 1_000_000_000, 2);

    VirtualEngine.of(VirtualEngine.LIMITS).serve(List.of(first, other));

    assertThat(other.sequence.foundTokens()).isZero();
  }

  @Test
  void aDecodeInstancePullsOnlyWhatItDoesNotHave() {
    Recorded cold = Recorded.of(8000, 2, SequenceOrder.KvSource.PULLED, 0, 1);
    Recorded warm = Recorded.of(8000, 2, SequenceOrder.KvSource.PULLED, 1_000_000_000, 1);

    VirtualEngine.of(VirtualEngine.LIMITS).serve(List.of(cold, warm));

    assertThat(warm.sequence.foundTokens()).isEqualTo(7984);
    assertThat(warm.landedNanos - warm.sequence.order().arrivalNanos()).isLessThan(cold.landedNanos);
  }

  @Test
  void everyTokenIsProducedOnceInOrderWhateverIsFound() {
    for (int seed = 0; seed < WORKLOADS; seed++) {
      Random random = new Random(seed);
      EngineLimits limits = VirtualEngine.crowded(random);
      List<Recorded> requests = requests(random, limits);

      VirtualEngine engine = VirtualEngine.of(limits).serve(requests);

      assertThat(engine.core.pool().used()).as("seed %d", seed).isZero();
      for (Recorded each : requests) {
        assertThat(each.tokenNanos).as("seed %d", seed).hasSize(each.sequence.order().outputTokens()).isSorted()
            .doesNotHaveDuplicates();
        assertThat(each.sequence.foundTokens()).as("the last prompt token is computed, seed %d", seed)
            .isLessThan(each.sequence.order().promptTokens());
      }
    }
  }

  @Test
  void blocksInUseAreThoseOfSequencesAfterEveryStepSharedOnesCountedOnce() {
    int shared = 0;
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
        Set<Integer> distinct = new HashSet<>();
        int all = 0;
        for (Recorded each : requests) {
          for (int id : each.sequence.blocks().ids()) {
            distinct.add(id);
            all++;
          }
        }
        shared += all - distinct.size();
        assertThat(core.pool().used()).as("seed %d step %d", seed, step).isEqualTo(distinct.size());
        core.abort(requests.get(random.nextInt(requests.size())).sequence);
      }
    }
    assertThat(shared).as("the workloads share blocks at all").isPositive();
  }

  /** Prompts of three kinds, so that many begin alike. */
  private static List<Recorded> requests(Random random, EngineLimits limits) {
    List<Recorded> requests = new ArrayList<>();
    long arrival = 0;
    int most = (int) limits.kvTokens() - 16;
    for (int i = 0; i < 30; i++) {
      arrival += random.nextInt(50_000_000);
      int prompt = 1 + random.nextInt(Math.min(most - 1, 600));
      int output = 1 + random.nextInt(Math.min(most - prompt, 200));
      SequenceOrder.KvSource source = random.nextInt(3) == 0
          ? SequenceOrder.KvSource.PULLED
          : SequenceOrder.KvSource.COMPUTED;
      requests.add(Recorded.of(prompt, output, source, arrival, random.nextInt(3)));
    }
    return requests;
  }
}
