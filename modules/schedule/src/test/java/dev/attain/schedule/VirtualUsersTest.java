package dev.attain.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VirtualUsersTest {
  @Test
  void usersStartEvenlySpreadOverTheTimeGiven() {
    var users = new VirtualUsers(4, Duration.ofSeconds(2), new ThinkTime.None(), 1);
    assertThat(IntStream.range(0, 4).mapToLong(users::startNanos)).containsExactly(0L, 500_000_000L, 1_000_000_000L,
        1_500_000_000L);
  }

  @Test
  void nobodyThinksBeforeTheirFirstRequest() {
    var users = new VirtualUsers(3, Duration.ZERO, new ThinkTime.Constant(Duration.ofMillis(20)), 1);
    assertThat(IntStream.range(0, 6).mapToLong(users::thinkNanosBefore)).containsExactly(0L, 0L, 0L, 20_000_000L,
        20_000_000L, 20_000_000L);
  }

  @Test
  void exponentialThinkTimesHaveTheirMeanAndDependOnSeedAndRequestAlone() {
    var users = new VirtualUsers(1, Duration.ZERO, new ThinkTime.Exponential(Duration.ofSeconds(1)), 7);
    double[] seconds = IntStream.range(1, 20_000).mapToDouble(index -> users.thinkNanosBefore(index) / 1e9).toArray();
    assertThat(IntStream.range(0, seconds.length).mapToDouble(at -> seconds[at]).average().orElseThrow())
        .isCloseTo(1, within(0.03));
    assertThat(users.thinkNanosBefore(99)).isEqualTo(users.thinkNanosBefore(99))
        .isNotEqualTo(new VirtualUsers(1, Duration.ZERO, users.thinkTime(), 8).thinkNanosBefore(99));
  }

  @Test
  void placesAreDealtOverNodesWithoutALeftOver() {
    for (Shares shares : List.of(Shares.equal(3), Shares.weighted(List.of(5, 1, 1)))) {
      for (int total : new int[]{1, 2, 3, 7, 64, 1000}) {
        assertThat(IntStream.range(0, 3).map(node -> shares.part(node, total)).sum()).isEqualTo(total);
      }
    }
    assertThat(Shares.weighted(List.of(5, 1, 1)).part(0, 700)).isEqualTo(500);
  }

  @Test
  void aLoopWithoutUsersIsRefused() {
    assertThatThrownBy(() -> new VirtualUsers(0, Duration.ZERO, new ThinkTime.None(), 1))
        .hasMessage("the number of users must be from 1 to 50000000, but is 0");
  }
}
