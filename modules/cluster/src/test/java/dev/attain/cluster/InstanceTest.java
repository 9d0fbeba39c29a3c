package dev.attain.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import dev.attain.engines.InstanceRole;
import dev.attain.engines.SelfCommand;
import dev.attain.experiment.Engine;
import dev.attain.experiment.GpuUse;
import dev.attain.experiment.Launch;
import dev.attain.experiment.Model;
import dev.attain.measurement.NanoClock;
import dev.attain.workload.ModelLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
class InstanceTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final SelfCommand UNUSED = new SelfCommand(Path.of("/nowhere/java"), 21, "nothing", "Main", List.of());

  @TempDir
  Path folder;
  private final TestProbe<Instance.Event> manager = KIT.createTestProbe();

  @AfterAll
  static void shutDown() {
    KIT.shutdownTestKit();
  }

  /** An engine that is this shell script; its first argument is the model, its others are flags. */
  private ActorRef<Instance.Command> start(int attempts, Duration deadline, String modelPath, String script) {
    Launch launch = new Launch(List.of("sh", "-c", script), Map.of(), Map.of(), List.of(), GpuUse.EXCLUSIVE, attempts);
    EngineProtocol.InstanceOrder order = new EngineProtocol.InstanceOrder("colocated-0", InstanceRole.COLOCATED, 0,
        new Engine.TransformersServe(launch), new Model("m", modelPath, new ModelLimits(8192, 32_000)), 1, List.of(),
        Map.of(), Optional.empty());
    return KIT.spawn(Instance.create(new InstanceStart(order, List.of(), "127.0.0.1", UNUSED,
        folder.resolve("engine.log"), NanoClock.system(), NanoClock.system().nanos() + deadline.toNanos()),
        manager.getRef()));
  }

  private void expectState(String phase) {
    assertThat(manager.expectMessageClass(Instance.Event.State.class, LONG).phase()).isEqualTo(phase);
  }

  private void stopped(ActorRef<Instance.Command> instance) {
    instance.tell(Instance.Stop.INSTANCE);
    manager.expectTerminated(instance, LONG);
  }

  @Test
  void oneThatEndsBeforeItIsReadyIsStartedAgainAndItsLogIsKept() throws IOException {
    ActorRef<Instance.Command> instance = start(2, LONG, "hub/model", "echo no luck; exit 3");
    expectState("starting");
    assertThat(manager.expectMessageClass(Instance.Event.Note.class, LONG).sentence())
        .isEqualTo("colocated-0 ended with exit code 3 before it was ready; see its log " + folder.resolve("engine.log")
            + "; it is started again, attempt 2 of 2");
    expectState("starting");
    assertThat(manager.expectMessageClass(Instance.Event.Down.class, LONG).reason())
        .startsWith("colocated-0 ended with exit code 3 before it was ready; the last lines of its log")
        .contains("no luck");
    assertThat(Files.readAllLines(folder.resolve("engine.log")))
        .containsExactly("no luck", "", "----- attempt 2 of 2", "no luck");
    stopped(instance);
  }

  @Test
  void whatWouldOnlyHappenAgainIsNotTriedAgain() {
    ActorRef<Instance.Command> instance = start(2, LONG, "hub/model", "echo 'CUDA error: out of memory'; exit 1");
    expectState("starting");
    assertThat(manager.expectMessageClass(Instance.Event.Down.class, LONG).reason())
        .startsWith("out of GPU memory; lower ").contains("(colocated-0 ended with exit code 1 before it was ready)");
    stopped(instance);
  }

  @Test
  void theDeadlineIsOneForAllAttempts() {
    ActorRef<Instance.Command> instance = start(5, Duration.ofMillis(300), "hub/model", "sleep 600");
    expectState("starting");
    assertThat(manager.expectMessageClass(Instance.Event.Down.class, LONG).reason()).contains("was not ready within");
    stopped(instance);
  }

  @Test
  void aModelFolderThatIsNotThereIsSaidBeforeAnythingIsStarted() {
    ActorRef<Instance.Command> instance = start(2, LONG, folder.resolve("none").toString(), "echo started");
    expectState("starting");
    assertThat(manager.expectMessageClass(Instance.Event.Down.class, LONG).reason())
        .isEqualTo("could not start: there is no model folder " + folder.resolve("none")
            + "; correct model.path, or put the model there");
    assertThat(folder.resolve("engine.log")).doesNotExist();
    stopped(instance);
  }

  @Test
  void whatItsLogTellsIsPassedOn() {
    ActorRef<Instance.Command> instance = start(1, LONG, "hub/model",
        "echo 'Loading shards: 1/4 [00:01<' checkpoint shards; exec sleep 600");
    expectState("starting");
    Instance.Event.State state = manager.expectMessageClass(Instance.Event.State.class, LONG);
    assertThat(state.phase()).isEqualTo("loading");
    assertThat(state.progress()).isEqualTo("1 of 4");
    stopped(instance);
  }
}
