package dev.attain.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.ExtendedActorSystem;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.javadsl.Adapter;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import akka.stream.SourceRef;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.stream.javadsl.StreamRefs;
import akka.util.ByteString;
import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Output;
import dev.attain.client.Target;
import dev.attain.engines.Gpu;
import dev.attain.engines.GpuFigures;
import dev.attain.engines.GpuInventory;
import dev.attain.engines.GpuProcess;
import dev.attain.engines.InstanceRole;
import dev.attain.experiment.ConfigurationException;
import dev.attain.experiment.Engine;
import dev.attain.experiment.Experiment;
import dev.attain.experiment.ExperimentReader;
import dev.attain.experiment.GpuUse;
import dev.attain.experiment.KvTransfer;
import dev.attain.experiment.Launch;
import dev.attain.experiment.Lead;
import dev.attain.experiment.Load;
import dev.attain.experiment.Loop;
import dev.attain.experiment.Model;
import dev.attain.measurement.Outcome;
import dev.attain.measurement.RequestRecord;
import dev.attain.measurement.Sending;
import dev.attain.measurement.Snapshot;
import dev.attain.schedule.RateProfile;
import dev.attain.schedule.ThinkTime;
import dev.attain.workload.ModelLimits;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class WireSerializerTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final ActorTestKit KIT = ActorTestKit
      .create(NodeSystem.configuration(List.of(NodeRole.LOAD), "127.0.0.1", 0, Optional.empty()));

  @AfterAll
  static void shutDown() {
    KIT.shutdownTestKit();
  }

  private static Object roundTrip(Object message) {
    Serialization serialization = SerializationExtension.get(Adapter.toClassic(KIT.system()));
    assertThat(serialization.findSerializerFor(message)).isInstanceOf(WireSerializer.class);
    byte[] bytes = serialization.serialize(message).get();
    return serialization.deserialize(bytes, message.getClass()).get();
  }

  @Test
  void plainMessagesArriveAsTheyWereSent() {
    RequestRecord record = new RequestRecord(7, 100, 20, 20, 20, 5, 6, RequestRecord.NEVER, RequestRecord.NEVER, 8, 9,
        30, 31, Outcome.COMPLETED, "", 0, -1);
    RequestRecord waited = new RequestRecord(8, 100, 20, 0, 0, 5, 55, 56, RequestRecord.NEVER, RequestRecord.NEVER,
        RequestRecord.NEVER, RequestRecord.NEVER, RequestRecord.NEVER, 90, Outcome.FAILED, "broken", -1, 0, 0,
        Sending.UNKNOWN);
    RequestRecord counted = new RequestRecord(9, 100, 20, 20, 5, 5, 5, 6, RequestRecord.NEVER, RequestRecord.NEVER, 8,
        9,
        30, 31, Outcome.COMPLETED, "", 0, -1, 19, new Sending(5, 7, 1, 3, RequestRecord.NEVER, true));
    List<Wire> messages = List.of(
        new LoadProtocol.Prepared("load-1", "p", 10, 5, "sha256:a", "sha256:b", 1, 99, 0),
        new LoadProtocol.Refused("load-1", "prepare", "why not"),
        new LoadProtocol.Finished("load-1", "p", Snapshot.beforeStart(5).encode(), SampleLoad.GOOD),
        new LoadProtocol.Finished("load-1", "p", Snapshot.beforeStart(5).encode(), SampleLoad.TACITURN),
        new RecordBatch(List.of(record, waited, counted)),
        new ClockProbe.ClockRead(3, -4),
        new Aggregator.NodeSnapshot("load-2", Snapshot.beforeStart(9).encode()),
        new EngineProtocol.InstanceDown("decode-0", "gone"),
        new EngineProtocol.Inventory("here", List.of("10.0.0.1", "host"), Optional.of(new GpuInventory(
            List.of(new Gpu(0, "GPU-1", "NVIDIA H200", 143_771, 4, "580.95.05",
                List.of(new GpuProcess(4711, 880, "python3")))),
            Set.of(new GpuInventory.Link(0, 1)))), Optional.empty()),
        new EngineProtocol.InstanceState("decode-0", List.of(1), "loading", "1 of 4"),
        new EngineProtocol.Note("one sentence"),
        new EngineProtocol.InstanceUp("decode-0", InstanceRole.DECODE, "here", "http://127.0.0.1:1", List.of("vllm"),
            Map.of("UCX_TLS", "tcp"), 2, List.of(0, 1), "0.32.0", 7),
        new EngineProtocol.GpusSeen("here", List.of(new GpuFigures(3, "decode-0", OptionalDouble.of(71_000),
            OptionalDouble.of(0.5), OptionalDouble.empty()))),
        new EngineProtocol.Undeployed("here", List.of("one", "two")));
    for (Wire message : messages) {
      assertThat(roundTrip(message)).isEqualTo(message);
    }
  }

  @Test
  void everyKindOfEngineArrivesAsItWasConfigured() {
    Launch launch = new Launch(List.of("vllm", "serve"), Map.of("UCX_TLS", "tcp"), Map.of("a", "b"), List.of("--c"),
        new GpuUse(List.of(0, 1), 2), 2);
    KvTransfer transfer = new KvTransfer("NixlConnector", Optional.of("cpu"), Optional.of(Duration.ofMinutes(1)),
        Map.of("backends", "[\"UCX\"]"));
    List<Engine> engines = List.of(new Engine.Simulator("h100", "llama-3.1-8b", Map.of(), List.of()),
        new Engine.Vllm(launch, 0.4, Optional.of(2048), Optional.empty(), Optional.of("dummy"), transfer),
        new Engine.Sglang(launch), new Engine.TensorRtLlm(launch), new Engine.Lmdeploy(launch),
        new Engine.TransformersServe(launch));
    for (Engine engine : engines) {
      EngineProtocol.InstanceOrder order = new EngineProtocol.InstanceOrder("decode-0", InstanceRole.DECODE, 0, engine,
          new Model("m", "path", new ModelLimits(8192, 32_000)), 2, List.of("--d"), Map.of("CORE", "{index}"),
          Optional.of("10.0.0.2"));
      assertThat(roundTrip(order)).isEqualTo(order);
    }
  }

  @Test
  void everyLoadAndLoopArrivesAsItWasConfigured() {
    TestProbe<LoadProtocol.Reply> probe = KIT.createTestProbe();
    for (Load load : List.of(new Load.Rate(2.5), new Load.Concurrency(64))) {
      var sent = new LoadProtocol.Prepare(new PointPlan("p", load, 3, "nonce"), probe.getRef());
      assertThat(((LoadProtocol.Prepare) roundTrip(sent)).plan()).isEqualTo(sent.plan());
    }
    for (RateProfile profile : List.of(new RateProfile.Flat(), new RateProfile.Ramp(0, 1, SECOND),
        new RateProfile.Burst(3, SECOND.multipliedBy(2), SECOND),
        new RateProfile.Steps(List.of(new RateProfile.Step(2, SECOND))))) {
      arrives(new Loop.Open(List.of(1.0, 2.5), profile, OptionalInt.of(9), new Lead(SECOND, SECOND)));
      arrives(new Loop.Open(List.of(1.0), profile, OptionalInt.empty(), Lead.NONE));
    }
    for (ThinkTime think : List.of(new ThinkTime.None(), new ThinkTime.Constant(SECOND),
        new ThinkTime.Exponential(SECOND))) {
      arrives(new Loop.Closed(List.of(1, 64), think, Duration.ZERO, SECOND, SECOND));
    }
  }

  /** In the definition of an experiment, which is how it travels. */
  private static void arrives(Loop loop) {
    Experiment experiment;
    try {
      experiment = ExperimentReader.read(Path.of("../../conf/external.conf"), Map.of(), Map.of());
    } catch (ConfigurationException e) {
      throw new AssertionError(e);
    }
    Definition sent = new Definition(experiment.model(), experiment.arrivals(), loop, experiment.load().extent(),
        experiment.workload(), experiment.slo(), experiment.requests(), experiment.warmUp(), List.of(1), Map.of());
    assertThat(((Definition) roundTrip(sent)).loop()).isEqualTo(loop);
  }

  @Test
  void referencesToActorsStillReachThem() {
    TestProbe<LoadProtocol.Reply> probe = KIT.createTestProbe();
    LoadProtocol.Connect sent = new LoadProtocol.Connect("colocated",
        new Target.Disaggregated(List.of(URI.create("http://127.0.0.1:1")), List.of(URI.create("http://127.0.0.1:2"))),
        probe.getRef());
    LoadProtocol.Connect arrived = (LoadProtocol.Connect) roundTrip(sent);
    assertThat(arrived.target()).isEqualTo(sent.target());
    arrived.replyTo().tell(new LoadProtocol.Connected("load-1", "colocated"));
    probe.expectMessage(new LoadProtocol.Connected("load-1", "colocated"));
  }

  @Test
  void targetsOfEveryKindArriveAsTheyWere() {
    List<URI> one = List.of(URI.create("http://127.0.0.1:1"));
    List<URI> other = List.of(URI.create("https://h:2/base"));
    for (Target target : List.of(new Target.Colocated(one), new Target.Disaggregated(one, other),
        new Target.Routed(one, other, one), new Target.Sidecars(one, other))) {
      LoadProtocol.Connect sent = new LoadProtocol.Connect("d", target,
          KIT.<LoadProtocol.Reply>createTestProbe().getRef());
      assertThat(((LoadProtocol.Connect) roundTrip(sent)).target()).isEqualTo(target);
    }
  }

  @Test
  void referencesToStreamsStillCarryThem() throws Exception {
    SourceRef<ByteString> stream = Source.from(List.of(ByteString.fromString("a"), ByteString.fromString("b")))
        .runWith(StreamRefs.sourceRef(), KIT.system());
    LoadProtocol.Armed arrived = (LoadProtocol.Armed) roundTrip(new LoadProtocol.Armed("load-1", "p", stream));
    List<ByteString> received = arrived.records().getSource().runWith(Sink.seq(), KIT.system()).toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
    assertThat(received).extracting(ByteString::utf8String).containsExactly("a", "b");
  }

  @Test
  void aClassThatIsNotInTheCatalogueIsRefused() {
    Kryo kryo = WireCatalogue.kryo((ExtendedActorSystem) Adapter.toClassic(KIT.system()));
    assertThatThrownBy(() -> kryo.writeClassAndObject(new Output(64, -1), new Thread()))
        .hasMessageContaining("not registered");
  }

  @Test
  void everyMessageAndItsPartsAreInTheCatalogue() {
    for (Class<?> protocol : List.of(LoadProtocol.Order.class, LoadProtocol.Reply.class, EngineProtocol.Order.class,
        EngineProtocol.Reply.class)) {
      assertThat(WireCatalogue.classes()).contains(protocol.getPermittedSubclasses());
    }
  }
}
