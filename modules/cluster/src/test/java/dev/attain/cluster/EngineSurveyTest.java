package dev.attain.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import dev.attain.engines.Gpu;
import dev.attain.engines.GpuInventory;
import dev.attain.engines.InstanceRole;
import dev.attain.experiment.Engine;
import dev.attain.experiment.GpuUse;
import dev.attain.experiment.Launch;
import dev.attain.experiment.Model;
import dev.attain.workload.ModelLimits;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EngineSurveyTest {
  private static final String HERE = "akka://attain@10.0.0.1:7355";
  private static final String THERE = "akka://attain@10.0.0.2:7355";
  private static final Duration NODES_JOIN = Duration.ofSeconds(60);
  private static final Engine INSTALLED = new Engine.Sglang(
      new Launch(List.of("sglang"), Map.of(), Map.of(), List.of(), GpuUse.EXCLUSIVE, 2));

  private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
  private final ManualTime time = ManualTime.get(kit.system());
  private final TestProbe<EngineSurvey.Answer> asker = kit.createTestProbe();
  private final TestProbe<InstanceManager.Command> here = kit.createTestProbe();
  private final TestProbe<InstanceManager.Command> there = kit.createTestProbe();

  @AfterEach
  void shutDown() {
    kit.shutdownTestKit();
  }

  private static EngineProtocol.InstanceOrder order(String id, Engine engine, int gpus) {
    return new EngineProtocol.InstanceOrder(id, InstanceRole.PREFILL, 0, engine,
        new Model("m", "hub/m", new ModelLimits(8192, 32_000)), gpus, List.of(), Map.of(), Optional.empty());
  }

  private ActorRef<EngineSurvey.Command> survey(Optional<Duration> nodesJoin, EngineProtocol.InstanceOrder... orders) {
    return kit.spawn(EngineSurvey.create("pd", List.of(orders), nodesJoin, asker.getRef()));
  }

  private void answers(TestProbe<InstanceManager.Command> node, String address, int gpus, int usedMebibytes) {
    node.expectMessageClass(EngineProtocol.TakeInventory.class).replyTo().tell(new EngineProtocol.Inventory(address,
        List.of(NodeSystem.hostAndPort(address)), gpus == 0
            ? Optional.empty()
            : Optional.of(new GpuInventory(IntStream.range(0, gpus).mapToObj(
                index -> new Gpu(index, "GPU-" + index, "NVIDIA H200", 143_771, usedMebibytes, "", List.of())).toList(),
                Set.of())),
        Optional.empty()));
  }

  private Map<String, ActorRef<InstanceManager.Command>> both() {
    Map<String, ActorRef<InstanceManager.Command>> nodes = new LinkedHashMap<>();
    nodes.put(HERE, here.getRef());
    nodes.put(THERE, there.getRef());
    return nodes;
  }

  @Test
  void simulatorsGoToTheNodesInTurnAndNobodyIsAsked() {
    Engine simulator = new Engine.Simulator("h100", "llama-3.1-8b", Map.of(), List.of());
    survey(Optional.empty(), order("prefill-0", simulator, 1), order("prefill-1", simulator, 1),
        order("decode-0", simulator, 1)).tell(new EngineSurvey.Nodes(both()));
    Map<String, List<EngineProtocol.InstanceOrder>> orders = asker.expectMessageClass(EngineSurvey.Assigned.class)
        .orders();
    assertThat(orders.get(HERE)).extracting(EngineProtocol.InstanceOrder::id).containsExactly("prefill-0", "decode-0");
    assertThat(orders.get(THERE)).extracting(EngineProtocol.InstanceOrder::id).containsExactly("prefill-1");
    here.expectNoMessage(Duration.ofMillis(20));
  }

  @Test
  void instancesGoWhereTheGpusAreAndTheInventoryIsTold() {
    survey(Optional.empty(), order("prefill-0", INSTALLED, 1), order("decode-0", INSTALLED, 2))
        .tell(new EngineSurvey.Nodes(both()));
    answers(here, HERE, 0, 0);
    answers(there, THERE, 4, 4);
    EngineSurvey.Assigned assigned = asker.expectMessageClass(EngineSurvey.Assigned.class);
    assertThat(assigned.orders()).containsOnlyKeys(THERE);
    assertThat(assigned.gpus().get(THERE).gpus()).hasSize(4);
  }

  @Test
  void aNodeThatJoinsLateIsWaitedForAndSaidOnce() {
    ActorRef<EngineSurvey.Command> survey = survey(Optional.of(NODES_JOIN), order("decode-0", INSTALLED, 2));
    survey.tell(new EngineSurvey.Nodes(Map.of(HERE, here.getRef())));
    answers(here, HERE, 1, 4);
    assertThat(asker.expectMessageClass(EngineSurvey.Waiting.class).reason()).contains("need 2 GPUs");
    time.timePasses(Duration.ofSeconds(2));
    answers(here, HERE, 1, 4);
    survey.tell(new EngineSurvey.Nodes(both()));
    answers(there, THERE, 2, 4);
    assertThat(asker.expectMessageClass(EngineSurvey.Assigned.class).orders()).containsOnlyKeys(THERE);
  }

  @Test
  void whenNobodyCanJoinTooLittleIsSaidAtOnce() {
    survey(Optional.empty(), order("decode-0", INSTALLED, 2))
        .tell(new EngineSurvey.Nodes(Map.of(HERE, here.getRef())));
    answers(here, HERE, 1, 4);
    assertThat(asker.expectMessageClass(EngineSurvey.TooLittle.class).reason())
        .startsWith("the instances need 2 GPUs (decode-0: 2), and this node has 1, 1 of them free");
  }

  @Test
  void gpusThatAreStillInUseMayComeFree() {
    survey(Optional.empty(), order("decode-0", INSTALLED, 1))
        .tell(new EngineSurvey.Nodes(Map.of(HERE, here.getRef())));
    answers(here, HERE, 1, 100_000);
    asker.expectMessageClass(EngineSurvey.Waiting.class);
    time.timePasses(Duration.ofSeconds(2));
    answers(here, HERE, 1, 4);
    asker.expectMessageClass(EngineSurvey.Assigned.class);
  }

  @Test
  void aNodeThatNeverAnswersIsNamedAtTheDeadline() {
    survey(Optional.of(NODES_JOIN), order("decode-0", INSTALLED, 1)).tell(new EngineSurvey.Nodes(both()));
    answers(here, HERE, 0, 0);
    there.expectMessageClass(EngineProtocol.TakeInventory.class);
    time.timePasses(NODES_JOIN);
    // On what there is: a node without GPUs runs engines on what it has.
    assertThat(asker.expectMessageClass(EngineSurvey.Assigned.class).orders()).containsOnlyKeys(HERE);
  }

  @Test
  void withoutAnyAnswerTheSilentAreNamed() {
    survey(Optional.of(NODES_JOIN), order("decode-0", INSTALLED, 1)).tell(new EngineSurvey.Nodes(both()));
    here.expectMessageClass(EngineProtocol.TakeInventory.class);
    time.timePasses(NODES_JOIN);
    assertThat(asker.expectMessageClass(EngineSurvey.TooLittle.class).reason()).isEqualTo(
        "it is not known what GPUs the engine nodes have; no answer from 10.0.0.1:7355, 10.0.0.2:7355");
  }
}
