package dev.attain.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.stream.SourceRef;
import akka.stream.javadsl.Source;
import akka.stream.javadsl.StreamRefs;
import akka.util.ByteString;
import dev.attain.client.GeneratorLoad;
import dev.attain.client.Target;
import dev.attain.client.Unmeasured;
import dev.attain.experiment.Deployment;
import dev.attain.experiment.Experiment;
import dev.attain.measurement.NanoClock;
import dev.attain.measurement.Snapshot;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A point of two load nodes that keep the load up until all that is measured has ended. */
class LeadOutTest {
  private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
  private final ManualTime time = ManualTime.get(kit.system());
  private final TestProbe<PointRun.Ended> owner = kit.createTestProbe();
  private final TestProbe<LoadProtocol.Order> first = kit.createTestProbe();
  private final TestProbe<LoadProtocol.Order> second = kit.createTestProbe();
  private Experiment experiment;
  private ActorRef<PointRun.Command> point;
  private LoadProtocol.Arm toFirst;
  private LoadProtocol.Arm toSecond;

  @BeforeEach
  void arm(@TempDir Path folder) throws Exception {
    experiment = SmallExperiment.in(folder, "load { lead-in = 2 s, lead-out = 5 s }");
    Deployment deployment = experiment.deployments().getFirst();
    point = kit.spawn(PointRun.create(new PointSetup(new RunContext("run", experiment),
        new PointContext(experiment.points(deployment).getFirst(), deployment),
        List.of(new PointRun.Member("load-1", kit.spawn(node("load-1", first.getRef()))),
            new PointRun.Member("load-2", kit.spawn(node("load-2", second.getRef())))),
        new IdleCheck(List.of(), Optional.empty(), Duration.ZERO, Duration.ZERO, Duration.ZERO, NanoClock.system(),
            Runnable::run,
            sentence -> {}),
        new TransferMeter(new Target.Colocated(List.of(URI.create("http://127.0.0.1:1"))), experiment.model(),
            Optional.empty(), Duration.ZERO, Runnable::run),
        ServerWatch.OFF, event -> {}, NanoClock.system()), owner.getRef()));
    toFirst = first.expectMessageClass(LoadProtocol.Arm.class);
    toSecond = second.expectMessageClass(LoadProtocol.Arm.class);
  }

  @AfterEach
  void shutDown() {
    kit.shutdownTestKit();
  }

  /** Plans, tells the time, has no records, and passes on what else it is ordered. */
  private Behavior<LoadGenerator.Command> node(String name, ActorRef<LoadProtocol.Order> orders) {
    return Behaviors.receive((context, message) -> {
      switch (message) {
        case LoadProtocol.Prepare prepare -> prepare.replyTo().tell(new LoadProtocol.Prepared(name,
            prepare.plan().point(), 0, 0, "sha256:a", "sha256:b", 0, 0, 0));
        case LoadProtocol.ReadClock read -> read.replyTo().tell(new ClockProbe.ClockRead(read.sequence(),
            System.nanoTime()));
        case LoadProtocol.Arm arm -> {
          SourceRef<ByteString> records = Source.<ByteString>empty().runWith(StreamRefs.sourceRef(),
              context.getSystem());
          arm.replyTo().tell(new LoadProtocol.Armed(name, arm.point(), records));
          orders.tell(arm);
        }
        case LoadProtocol.Order order -> orders.tell(order);
        default -> {}
      }
      return Behaviors.same();
    });
  }

  private static void finish(String node, LoadProtocol.Arm armed) {
    armed.replyTo().tell(new LoadProtocol.Finished(node, armed.point(), Snapshot.beforeStart(0).encode(),
        GeneratorLoad.none()));
  }

  private static void cease(String node, LoadProtocol.Arm armed, Unmeasured around) {
    armed.replyTo().tell(new LoadProtocol.Ceased(node, armed.point(), around));
  }

  @Test
  void theMeasuredWindowBeginsAfterTheLeadIn() {
    assertThat(toFirst.originNanos()).isGreaterThan(System.nanoTime());
  }

  @Test
  void nobodyCeasesBeforeAllHaveFinishedAndThePointEndsWhenAllHaveCeased() {
    finish("load-1", toFirst);
    first.expectNoMessage(Duration.ofMillis(200));
    finish("load-2", toSecond);
    assertThat(first.expectMessageClass(LoadProtocol.Cease.class).point()).isEqualTo(toFirst.point());
    second.expectMessageClass(LoadProtocol.Cease.class);

    cease("load-1", toFirst, new Unmeasured(7, 6, 600));
    owner.expectNoMessage(Duration.ofMillis(200));
    cease("load-2", toSecond, new Unmeasured(5, 5, 500));
    assertThat(owner.expectMessageClass(PointRun.Done.class).outcome().unmeasured())
        .isEqualTo(new Unmeasured(12, 11, 1100));
  }

  @Test
  void anInterruptAfterAllIsMeasuredInvalidatesNothing() {
    finish("load-1", toFirst);
    finish("load-2", toSecond);
    second.expectMessageClass(LoadProtocol.Cease.class);
    point.tell(new PointRun.Interrupt("the run was interrupted"));
    second.expectMessageClass(LoadProtocol.Abandon.class);

    cease("load-1", toFirst, Unmeasured.NONE);
    cease("load-2", toSecond, Unmeasured.NONE);
    assertThat(owner.expectMessageClass(PointRun.Done.class).outcome().invalidReasons())
        .doesNotContain("the run was interrupted");
  }

  @Test
  void anInterruptBeforeIsSaid() {
    finish("load-1", toFirst);
    point.tell(new PointRun.Interrupt("the run was interrupted"));
    second.expectMessageClass(LoadProtocol.Abandon.class);
    finish("load-2", toSecond);
    cease("load-1", toFirst, Unmeasured.NONE);
    cease("load-2", toSecond, Unmeasured.NONE);
    assertThat(owner.expectMessageClass(PointRun.Done.class).outcome().invalidReasons())
        .contains("the run was interrupted");
  }

  @Test
  void aNodeWhoseLoadDoesNotEndIsNamed() {
    finish("load-1", toFirst);
    finish("load-2", toSecond);
    second.expectMessageClass(LoadProtocol.Cease.class);
    cease("load-1", toFirst, Unmeasured.NONE);
    owner.expectNoMessage(Duration.ofMillis(200));

    time.timePasses(experiment.requests().drain().multipliedBy(2).plus(experiment.deadlines().collect())
        .plusSeconds(10));
    assertThat(owner.expectMessageClass(PointRun.Done.class).outcome().invalidReasons())
        .contains("load-2: its load did not end in time");
  }
}
