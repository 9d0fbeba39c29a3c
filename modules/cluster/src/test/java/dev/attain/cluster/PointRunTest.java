package dev.attain.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.stream.SourceRef;
import akka.stream.javadsl.Source;
import akka.stream.javadsl.StreamRefs;
import akka.util.ByteString;
import dev.attain.client.GeneratorLoad;
import dev.attain.client.Target;
import dev.attain.experiment.ConfigurationException;
import dev.attain.experiment.Deployment;
import dev.attain.experiment.Experiment;
import dev.attain.measurement.NanoClock;
import dev.attain.measurement.Snapshot;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A point whose share is finished at once, on engines that answer no question about their counters after it. */
class PointRunTest {
  private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
  private final ManualTime time = ManualTime.get(kit.system());
  private final TestProbe<PointRun.Ended> owner = kit.createTestProbe();
  private final CountDownLatch proving = new CountDownLatch(2);
  private Experiment experiment;
  private ActorRef<PointRun.Command> point;

  @BeforeEach
  void measure(@TempDir Path folder) throws IOException, ConfigurationException, InterruptedException {
    experiment = SmallExperiment.in(folder);
    Deployment deployment = experiment.deployments().getFirst();
    ActorRef<LoadGenerator.Command> generator = kit.spawn(Behaviors.setup(PointRunTest::emptyShare));
    URI refused = URI.create("http://127.0.0.1:1");
    Executor onlyTheFirstRuns = task -> {
      proving.countDown();
      if (proving.getCount() > 0) {
        task.run();
      }
    };
    point = kit.spawn(PointRun.create(new PointSetup(new RunContext("run", experiment),
        new PointContext(experiment.points(deployment).getFirst(), deployment),
        List.of(new PointRun.Member("load-1", generator)),
        new IdleCheck(List.of(), Optional.empty(), Duration.ZERO, Duration.ZERO, Duration.ZERO, NanoClock.system(),
            Runnable::run,
            sentence -> {}),
        new TransferMeter(new Target.Disaggregated(List.of(refused), List.of(refused)), experiment.model(),
            Optional.empty(), Duration.ZERO, onlyTheFirstRuns),
        ServerWatch.OFF, event -> {}, NanoClock.system()), owner.getRef()));
    assertThat(proving.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @AfterEach
  void shutDown() {
    kit.shutdownTestKit();
  }

  private static Behavior<LoadGenerator.Command> emptyShare(ActorContext<LoadGenerator.Command> context) {
    return Behaviors.receiveMessage(message -> {
      switch (message) {
        case LoadProtocol.Prepare prepare -> prepare.replyTo().tell(new LoadProtocol.Prepared("load-1",
            prepare.plan().point(), 0, 0, "sha256:a", "sha256:b", 0, 0, 0));
        case LoadProtocol.ReadClock read -> read.replyTo().tell(new ClockProbe.ClockRead(read.sequence(), 0));
        case LoadProtocol.Arm arm -> {
          SourceRef<ByteString> records = Source.<ByteString>empty().runWith(StreamRefs.sourceRef(),
              context.getSystem());
          arm.replyTo().tell(new LoadProtocol.Armed("load-1", arm.point(), records));
          arm.replyTo().tell(new LoadProtocol.Finished("load-1", arm.point(), Snapshot.beforeStart(0).encode(),
              GeneratorLoad.none()));
        }
        default -> {}
      }
      return Behaviors.same();
    });
  }

  private List<String> reasonsAfter(Duration wait) {
    time.timePasses(wait);
    return owner.expectMessageClass(PointRun.Done.class).outcome().invalidReasons();
  }

  @Test
  void theWaitForTheEnginesCountersHasADeadline() {
    assertThat(reasonsAfter(experiment.deadlines().collect()))
        .contains("KV transfer is not proven: the engines did not tell their counters in time");
  }

  @Test
  void anInterruptedPersonDoesNotWaitForTheEnginesCountersAndWhatWasMeasuredStands() throws Exception {
    point.tell(new PointRun.Interrupt("the run was interrupted"));
    // The next message to the point is handled after the one before it.
    point.tell(new PointRun.EngineLost("a later message"));
    owner.expectNoMessage(Duration.ofMillis(100));
    assertThat(reasonsAfter(Duration.ofSeconds(3))).contains("a later message")
        .doesNotContain("the run was interrupted");
  }
}
