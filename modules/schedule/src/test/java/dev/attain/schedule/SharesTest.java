package dev.attain.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attain.schedule.ArrivalProcess.Gamma;
import dev.attain.schedule.Extent.Requests;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharesTest {
  private static final int PLANNED = 10_000;

  @Test
  void nodeOwnsItsRemainder() {
    for (int nodes = 1; nodes <= 16; nodes++) {
      Shares shares = Shares.equal(nodes);
      for (int index = 0; index < 100; index++) {
        assertThat(shares.owner(index)).isEqualTo(index % nodes);
      }
    }
  }

  @Test
  void unionOfAllSharesIsTheScheduleForAnyNumberOfNodes() {
    ArrivalSchedule schedule = ArrivalSchedule.plan(new Gamma(0.5), 3, 20, new Requests(PLANNED));
    for (int nodes = 1; nodes <= 16; nodes++) {
      assertThat(union(Shares.equal(nodes), schedule)).isEqualTo(union(Shares.equal(1), schedule));
      assertThat(union(Shares.weighted(randomWeights(nodes)), schedule)).isEqualTo(union(Shares.equal(1), schedule));
    }
  }

  @Test
  void sharesOfANodeAreAscendingAndItsOwn() {
    for (int nodes = 1; nodes <= 16; nodes++) {
      Shares shares = Shares.weighted(randomWeights(nodes));
      for (int node = 0; node < nodes; node++) {
        int me = node;
        assertThat(shares.indices(node, PLANNED)).isSorted().doesNotHaveDuplicates();
        assertThat(IntStream.of(shares.indices(node, PLANNED))).allMatch(index -> shares.owner(index) == me);
      }
    }
  }

  @Test
  void weightedSharesAreExactOverEveryCycle() {
    assertThat(Shares.weighted(List.of(3, 1)).indices(0, 8)).hasSize(6);
    for (int nodes = 1; nodes <= 16; nodes++) {
      List<Integer> weights = randomWeights(nodes);
      int sum = weights.stream().mapToInt(Integer::intValue).sum();
      Shares shares = Shares.weighted(weights);
      for (int node = 0; node < nodes; node++) {
        assertThat(shares.indices(node, 3 * sum)).hasSize(3 * weights.get(node));
      }
    }
  }

  @Test
  void noNodeIsEverAWholeRequestAwayFromItsPart() {
    for (int trial = 0; trial < 200; trial++) {
      List<Integer> weights = randomWeights(1 + trial % 16);
      double sum = weights.stream().mapToInt(Integer::intValue).sum();
      Shares shares = Shares.weighted(weights);
      int[] owned = new int[weights.size()];
      for (int dealt = 1; dealt <= 2 * sum; dealt++) {
        owned[shares.owner(dealt - 1)]++;
        for (int node = 0; node < owned.length; node++) {
          assertThat(Math.abs(owned[node] - dealt * weights.get(node) / sum)).isLessThan(1);
        }
      }
    }
  }

  @Test
  void equalWeightsAreEqualShares() {
    for (int weight : new int[]{1, 7, 1_000_000_000}) {
      Shares weighted = Shares.weighted(Collections.nCopies(5, weight));
      assertThat(weighted.indices(3, 100)).isEqualTo(Shares.equal(5).indices(3, 100));
      assertThat(weighted.nodes()).isEqualTo(5);
    }
  }

  @Test
  void wrongSharesAreRefused() {
    assertThatThrownBy(() -> Shares.equal(0)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("from 1 to 1000, but is 0");
    assertThatThrownBy(() -> Shares.weighted(List.of())).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Shares.weighted(List.of(1, 0))).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 1, but is 0");
    assertThatThrownBy(() -> Shares.weighted(List.of(1_000_003, 1))).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("choose rounder ones");
    assertThatThrownBy(() -> Shares.equal(2).indices(2, 10)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static List<Long> union(Shares shares, ArrivalSchedule schedule) {
    long[] intended = new long[schedule.size()];
    Arrays.fill(intended, -1);
    for (int node = 0; node < shares.nodes(); node++) {
      for (int index : shares.indices(node, schedule.size())) {
        assertThat(intended[index]).as("index %s has no owner yet", index).isEqualTo(-1);
        intended[index] = schedule.intendedNanos(index);
      }
    }
    return Arrays.stream(intended).boxed().toList();
  }

  private static List<Integer> randomWeights(int nodes) {
    SplittableRandom random = new SplittableRandom(nodes);
    List<Integer> weights = new ArrayList<>();
    for (int node = 0; node < nodes; node++) {
      weights.add(random.nextInt(1, 30));
    }
    return weights;
  }
}
