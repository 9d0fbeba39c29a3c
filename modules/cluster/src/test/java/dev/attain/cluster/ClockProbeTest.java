package dev.attain.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClockProbeTest {
  private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
  private final ManualTime time = ManualTime.get(kit.system());
  private final AtomicLong now = new AtomicLong(1_000);
  private final TestProbe<LoadProtocol.Order> node = kit.createTestProbe();
  private final TestProbe<ClockProbe.Measured> listener = kit.createTestProbe();

  @AfterEach
  void shutDown() {
    kit.shutdownTestKit();
  }

  private void spawn(int roundTrips) {
    kit.spawn(ClockProbe.create(now::get, "load-1", node.getRef(), roundTrips, Duration.ofSeconds(5),
        listener.getRef()));
  }

  @Test
  void reportsTheShortestOfItsRoundTrips() {
    spawn(2);
    LoadProtocol.ReadClock first = node.expectMessageClass(LoadProtocol.ReadClock.class);
    now.addAndGet(1_000);
    first.replyTo().tell(new ClockProbe.ClockRead(first.sequence(), 77_500));
    LoadProtocol.ReadClock second = node.expectMessageClass(LoadProtocol.ReadClock.class);
    now.addAndGet(100);
    second.replyTo().tell(new ClockProbe.ClockRead(second.sequence(), 78_050));
    ClockProbe.Measured measured = listener.receiveMessage();
    assertThat(measured.reading()).contains(new ClockReading(78_050 - 2_050, 50, 2));
  }

  @Test
  void asksAgainWhenAnAnswerIsLostAndIgnoresTheLateOne() {
    spawn(1);
    LoadProtocol.ReadClock lost = node.expectMessageClass(LoadProtocol.ReadClock.class);
    time.timePasses(Duration.ofMillis(500));
    LoadProtocol.ReadClock again = node.expectMessageClass(LoadProtocol.ReadClock.class);
    again.replyTo().tell(new ClockProbe.ClockRead(lost.sequence(), 1));
    listener.expectNoMessage(Duration.ofMillis(50));
    again.replyTo().tell(new ClockProbe.ClockRead(again.sequence(), 5_000));
    assertThat(listener.receiveMessage().reading()).isPresent();
  }

  @Test
  void aNodeThatNeverAnswersIsReportedAtTheDeadline() {
    spawn(3);
    time.timePasses(Duration.ofSeconds(5));
    assertThat(listener.receiveMessage()).isEqualTo(new ClockProbe.Measured("load-1", Optional.empty()));
  }
}
