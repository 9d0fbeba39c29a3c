package dev.attain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharedLinkTest {

  private static final long GIGABYTE = 1_000_000_000;

  private final SharedLink link = new SharedLink(GIGABYTE);
  private final Map<Sequence, Long> arrived = new HashMap<>();
  private final Sequence first = Recorded.decodeOnly(1, 1, 0).sequence;
  private final Sequence second = Recorded.decodeOnly(1, 1, 0).sequence;

  @Test
  void oneTransferHasTheWholeLink() {
    link.advance(0, arrived::put);
    link.start(first, 100, GIGABYTE);
    link.advance(5 * GIGABYTE, arrived::put);

    assertThat(arrived).containsEntry(first, GIGABYTE + 100);
    assertThat(link.nextNanos()).isEqualTo(SharedLink.NEVER);
  }

  @Test
  void twoTransfersAtOnceTakeTwiceAsLong() {
    link.advance(0, arrived::put);
    link.start(first, 0, GIGABYTE);
    link.start(second, 0, GIGABYTE);
    link.advance(5 * GIGABYTE, arrived::put);

    assertThat(arrived).containsEntry(first, 2 * GIGABYTE).containsEntry(second, 2 * GIGABYTE);
  }

  @Test
  void aTransferIsSlowedOnlyWhileTheOtherLasts() {
    link.advance(0, arrived::put);
    link.start(first, 0, GIGABYTE);
    link.start(second, GIGABYTE / 2, GIGABYTE);
    link.advance(5 * GIGABYTE, arrived::put);

    assertThat(arrived).containsEntry(first, GIGABYTE * 3 / 2).containsEntry(second, 2 * GIGABYTE);
  }

  @Test
  void theResultDoesNotDependOnHowOftenTimeIsAdvanced() {
    link.advance(0, arrived::put);
    link.start(first, 0, GIGABYTE);
    link.start(second, GIGABYTE / 3, GIGABYTE);
    for (long now = 0; now < 3 * GIGABYTE; now += GIGABYTE / 100) {
      link.advance(now, arrived::put);
    }

    assertThat(arrived.get(first)).isBetween(GIGABYTE * 5 / 3 - 100, GIGABYTE * 5 / 3 + 100);
    assertThat(arrived.get(second)).isBetween(2 * GIGABYTE - 100, 2 * GIGABYTE + 100);
  }

  @Test
  void aCancelledTransferLeavesTheLinkToTheOther() {
    link.advance(0, arrived::put);
    link.start(first, 0, GIGABYTE);
    link.start(second, 0, GIGABYTE);
    link.cancel(second);
    link.advance(5 * GIGABYTE, arrived::put);

    assertThat(arrived).containsOnlyKeys(first).containsEntry(first, GIGABYTE);
  }
}
