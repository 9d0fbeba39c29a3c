package dev.attain.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoopPulseTest {
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private long nanos;
  private final LoopPulse pulse = new LoopPulse(channel.eventLoop(), () -> nanos);

  private void start() {
    channel.freezeTime();
    pulse.start();
    channel.runPendingTasks();
  }

  /** The loop works on something else for this long and then looks at what has become due. */
  private void busyFor(long milliseconds) {
    nanos += TimeUnit.MILLISECONDS.toNanos(milliseconds);
    channel.advanceTimeBy(milliseconds, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
  }

  @Test
  void aLoopThatIsFreeWhenTheBeatIsDueDoesNotLag() {
    start();
    busyFor(10);
    busyFor(10);

    assertThat(pulse.lateness().maxNanos()).isZero();
  }

  @Test
  void aLoopThatWorksPastTheBeatLagsByWhatItWorkedLonger() {
    start();
    busyFor(40);

    assertThat(pulse.lateness().maxNanos()).isBetween(30_000_000L, 31_000_000L);
    assertThat(pulse.lateness().p99Nanos()).isBetween(30_000_000L, 31_000_000L);
  }

  @Test
  void nothingIsCountedAfterTheStop() {
    start();
    pulse.stop();
    channel.runPendingTasks();
    busyFor(35);

    assertThat(pulse.lateness().maxNanos()).isZero();
  }
}
