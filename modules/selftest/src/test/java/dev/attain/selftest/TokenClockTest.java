package dev.attain.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TokenClockTest {
  private static final long MILLI = 1_000_000;

  private final List<String> sent = new ArrayList<>();
  private long now;
  private final TokenClock tokens = new TokenClock(new Truth(Duration.ofMillis(50), Duration.ofMillis(10), 1),
      () -> now);

  private PacedAnswer answer(String name, int events) {
    int[] left = {events};
    return new PacedAnswer(() -> {
      sent.add(name + "@" + now / MILLI);
      left[0]--;
      return left[0] == 0 ? PacedAnswer.Sent.LAST : PacedAnswer.Sent.GOES_ON;
    });
  }

  private void runUntil(long millis) {
    while (now <= millis * MILLI) {
      tokens.sendDue(16);
      now += Math.clamp(tokens.untilNextNanos(), 1, MILLI);
    }
  }

  @Test
  void eventsLeaveInTheOrderInWhichTheyAreDue() {
    tokens.begin(answer("a", 3), 0);
    now = 4 * MILLI;
    tokens.begin(answer("b", 3), now);
    runUntil(100);
    assertThat(sent).containsExactly("a@50", "b@54", "a@60", "b@64", "a@70", "b@74");
    assertThat(tokens.untilNextNanos()).isEqualTo(TokenClock.NOTHING_DUE);
  }

  @Test
  void delaysDoNotAddUp() {
    tokens.begin(answer("a", 4), 0);
    now = 63 * MILLI;
    tokens.sendDue(16);
    assertThat(sent).containsExactly("a@63", "a@63");
    runUntil(100);
    assertThat(sent).endsWith("a@70", "a@80");

    Punctuality told = tokens.takePunctuality();
    assertThat(told.events()).isEqualTo(4);
    assertThat(told.latenessNanos().getMaxValue() / (double) MILLI).isBetween(12.9, 13.2);
    assertThat(tokens.takePunctuality().events()).isZero();
  }

  @Test
  void noMoreThanAskedForLeaveBetweenTwoLooksAtTheSockets() {
    for (int at = 0; at < 5; at++) {
      tokens.begin(answer("a" + at, 1), 0);
    }
    now = 50 * MILLI;
    tokens.sendDue(3);
    assertThat(sent).hasSize(3);
    assertThat(tokens.untilNextNanos()).isZero();
    tokens.sendDue(3);
    assertThat(sent).containsExactly("a0@50", "a1@50", "a2@50", "a3@50", "a4@50");
  }

  @Test
  void manyAnswersStaySortedWhateverHappensToThem() {
    Random random = new Random(7);
    List<Long> dues = new ArrayList<>();
    for (int at = 0; at < 500; at++) {
      PacedAnswer[] self = new PacedAnswer[1];
      int[] left = {1 + random.nextInt(30)};
      boolean leaves = random.nextInt(10) == 0;
      self[0] = new PacedAnswer(() -> {
        dues.add(self[0].dueNanos);
        left[0]--;
        return left[0] == 0 ? PacedAnswer.Sent.LAST : leaves ? PacedAnswer.Sent.GONE : PacedAnswer.Sent.GOES_ON;
      });
      tokens.begin(self[0], now);
      now += random.nextInt(3) * MILLI;
      tokens.sendDue(random.nextInt(4));
    }
    runUntil(5000);
    assertThat(dues).isSorted().hasSizeGreaterThan(1000);
    assertThat(tokens.untilNextNanos()).isEqualTo(TokenClock.NOTHING_DUE);
  }

  @Test
  void whatTheClientHoldsUpIsNotTheServersLateness() {
    tokens.begin(new PacedAnswer(() -> PacedAnswer.Sent.HELD_UP), 0);
    now = 59 * MILLI;
    tokens.sendDue(16);
    Punctuality told = tokens.takePunctuality();
    assertThat(told.heldUp()).isEqualTo(1);
    assertThat(told.latenessNanos().getTotalCount()).isZero();
  }
}
