package dev.attain.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import dev.attain.measurement.Snapshot;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AggregatorTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
  private final ManualTime time = ManualTime.get(kit.system());
  private final TestProbe<Aggregator.Event> owner = kit.createTestProbe();
  private final ActorRef<Aggregator.Command> aggregator = kit
      .spawn(Aggregator.create(List.of("load-1", "load-2"), Duration.ofSeconds(2), owner.getRef()));

  @AfterEach
  void shutDown() {
    kit.shutdownTestKit();
  }

  private Aggregator.View nextView() {
    time.timePasses(SECOND);
    return owner.expectMessageClass(Aggregator.View.class);
  }

  @Test
  void theTotalIsTheSumOfTheNewestSnapshotOfEachNode() {
    aggregator.tell(Aggregator.Started.INSTANCE);
    aggregator.tell(new Aggregator.NodeSnapshot("load-1", Snapshot.beforeStart(10).encode()));
    aggregator.tell(new Aggregator.NodeSnapshot("load-2", Snapshot.beforeStart(7).encode()));
    aggregator.tell(new Aggregator.NodeSnapshot("load-2", Snapshot.beforeStart(7).encode()));
    assertThat(nextView().total().counts().planned()).isEqualTo(17);
  }

  @Test
  void aSilentNodeIsReportedOnce() {
    aggregator.tell(Aggregator.Started.INSTANCE);
    for (int second = 1; second <= 2; second++) {
      aggregator.tell(new Aggregator.NodeSnapshot("load-1", Snapshot.beforeStart(1).encode()));
      nextView();
    }
    aggregator.tell(new Aggregator.NodeSnapshot("load-1", Snapshot.beforeStart(1).encode()));
    nextView();
    assertThat(owner.expectMessageClass(Aggregator.Silent.class).node()).isEqualTo("load-2");
    aggregator.tell(new Aggregator.NodeSnapshot("load-1", Snapshot.beforeStart(1).encode()));
    nextView();
    owner.expectNoMessage(Duration.ofMillis(20));
  }

  @Test
  void aNodeThatHasFinishedMayBeSilent() {
    aggregator.tell(Aggregator.Started.INSTANCE);
    aggregator.tell(new Aggregator.NoMoreFrom("load-1"));
    aggregator.tell(new Aggregator.NoMoreFrom("load-2"));
    for (int second = 1; second <= 5; second++) {
      nextView();
    }
    owner.expectNoMessage(Duration.ofMillis(20));
  }
}
