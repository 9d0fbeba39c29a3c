package dev.attain.cluster;

import akka.actor.ExtendedActorSystem;
import akka.actor.typed.ActorRef;
import akka.stream.SourceRef;
import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.serializers.ImmutableCollectionsSerializers;
import com.esotericsoftware.kryo.util.DefaultInstantiatorStrategy;
import dev.attain.client.Descriptors;
import dev.attain.client.GeneratorLoad;
import dev.attain.client.KernelCounters;
import dev.attain.client.LoopLoad;
import dev.attain.client.NodeResources;
import dev.attain.client.PortRange;
import dev.attain.client.ProcessorUse;
import dev.attain.client.Safepoints;
import dev.attain.client.Stalls;
import dev.attain.client.Target;
import dev.attain.client.Unmeasured;
import dev.attain.engines.Gpu;
import dev.attain.engines.GpuFigures;
import dev.attain.engines.GpuInventory;
import dev.attain.engines.GpuProcess;
import dev.attain.engines.InstanceRole;
import dev.attain.experiment.BodyField;
import dev.attain.experiment.Dialect;
import dev.attain.experiment.Engine;
import dev.attain.experiment.GpuUse;
import dev.attain.experiment.KvTransfer;
import dev.attain.experiment.Launch;
import dev.attain.experiment.Lead;
import dev.attain.experiment.Load;
import dev.attain.experiment.Loop;
import dev.attain.experiment.Model;
import dev.attain.experiment.RequestPolicy;
import dev.attain.experiment.TokenCounts;
import dev.attain.experiment.WarmUp;
import dev.attain.experiment.WorkloadDefinition;
import dev.attain.measurement.Counts;
import dev.attain.measurement.EncodedSnapshot;
import dev.attain.measurement.HistogramLayout;
import dev.attain.measurement.Outcome;
import dev.attain.measurement.RequestRecord;
import dev.attain.measurement.Sending;
import dev.attain.measurement.Slo;
import dev.attain.schedule.ArrivalProcess;
import dev.attain.schedule.Extent;
import dev.attain.schedule.RateProfile;
import dev.attain.schedule.ThinkTime;
import dev.attain.workload.LengthDistribution;
import dev.attain.workload.ModelLimits;
import dev.attain.workload.PromptForm;
import dev.attain.workload.RequestShape;
import dev.attain.workload.ShapeSource;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.objenesis.strategy.StdInstantiatorStrategy;

/**
 * Every class that may travel between nodes, with its id. Ids are part of the protocol: append, never reorder, never
 * reuse.
 */
final class WireCatalogue {
  private static final int FIRST_ID = 100;
  private static final int ACTOR_REF_ID = 60;
  private static final int SOURCE_REF_ID = 61;
  private static final int URI_ID = 62;
  private static final int UNMODIFIABLE_MAP_ID = 63;

  private static final List<Class<?>> CLASSES = List.of(
      LoadProtocol.Enlist.class, LoadProtocol.RenewLease.class, LoadProtocol.ReadClock.class,
      LoadProtocol.Connect.class,
      LoadProtocol.WarmUp.class, LoadProtocol.Prepare.class, LoadProtocol.Arm.class, LoadProtocol.Abandon.class,
      LoadProtocol.Release.class, LoadProtocol.Enlisted.class, LoadProtocol.Connected.class,
      LoadProtocol.WarmedUp.class,
      LoadProtocol.Prepared.class, LoadProtocol.Armed.class, LoadProtocol.Finished.class, LoadProtocol.Refused.class,
      ClockProbe.ClockRead.class, Aggregator.NodeSnapshot.class, RecordBatch.class, Definition.class, PointPlan.class,
      NodeFacts.class,
      EngineProtocol.Deploy.class, EngineProtocol.RenewLease.class, EngineProtocol.Undeploy.class,
      EngineProtocol.InstanceOrder.class, EngineProtocol.InstanceState.class, EngineProtocol.InstanceUp.class,
      EngineProtocol.InstanceDown.class, EngineProtocol.Undeployed.class,
      GeneratorLoad.class, Target.Colocated.class, Target.Disaggregated.class, InstanceRole.class,
      Dialect.class, Engine.Simulator.class, Model.class, RequestPolicy.class, WarmUp.class, WorkloadDefinition.class,
      Counts.class, EncodedSnapshot.class, HistogramLayout.class, Outcome.class, RequestRecord.class, Slo.class,
      ArrivalProcess.Poisson.class, ArrivalProcess.Gamma.class, ArrivalProcess.Constant.class,
      ArrivalProcess.Trace.class, Extent.Requests.class, Extent.Time.class,
      LengthDistribution.Fixed.class, LengthDistribution.Uniform.class, LengthDistribution.Lognormal.class,
      LengthDistribution.Empirical.class, ModelLimits.class, PromptForm.class, RequestShape.class,
      ShapeSource.Independent.class, ShapeSource.Rows.class,
      Duration.class, Optional.class,
      ArrayList.class, HashMap.class, LinkedHashMap.class, TreeMap.class, byte[].class, double[].class, int[].class,
      long[].class, Engine.Vllm.class, Engine.Sglang.class, Engine.TensorRtLlm.class, Engine.Lmdeploy.class,
      Engine.TransformersServe.class, Launch.class, GpuUse.class, KvTransfer.class, Target.Routed.class,
      Target.Sidecars.class, EngineProtocol.Inventory.class, Gpu.class, GpuProcess.class, EngineProtocol.Note.class,
      EngineProtocol.GpusSeen.class, GpuFigures.class, OptionalDouble.class, BodyField.class,
      EngineProtocol.TakeInventory.class, GpuInventory.class, GpuInventory.Link.class, Load.Rate.class,
      Load.Concurrency.class, Loop.Open.class, Loop.Closed.class, RateProfile.Flat.class, RateProfile.Ramp.class,
      RateProfile.Burst.class, RateProfile.Steps.class, RateProfile.Step.class, ThinkTime.None.class,
      ThinkTime.Constant.class, ThinkTime.Exponential.class, OptionalInt.class, LoopLoad.class, ProcessorUse.class,
      Stalls.class, Safepoints.class, NodeResources.class, Descriptors.class, PortRange.class, KernelCounters.class,
      Sending.class, TokenCounts.class, LoadProtocol.Cease.class, LoadProtocol.Ceased.class, Unmeasured.class,
      Lead.class);

  private WireCatalogue() {}

  static List<Class<?>> classes() {
    return CLASSES;
  }

  /** A Kryo that knows the catalogue; not thread-safe. */
  static Kryo kryo(ExtendedActorSystem system) {
    Kryo kryo = new ReferenceAwareKryo();
    kryo.setRegistrationRequired(true);
    kryo.setReferences(false);
    kryo.setInstantiatorStrategy(new DefaultInstantiatorStrategy(new StdInstantiatorStrategy()));
    kryo.register(ActorRef.class, new ActorRefSerializer(system), ACTOR_REF_ID);
    kryo.register(SourceRef.class, new SourceRefSerializer(system), SOURCE_REF_ID);
    kryo.register(URI.class, new UriSerializer(), URI_ID);
    ImmutableCollectionsSerializers.registerSerializers(kryo);
    kryo.register(UnmodifiableMapSerializer.TYPE, new UnmodifiableMapSerializer(), UNMODIFIABLE_MAP_ID);
    for (int k = 0; k < CLASSES.size(); k++) {
      kryo.register(CLASSES.get(k), FIRST_ID + k);
    }
    return kryo;
  }

  /** The classes of actor and stream references are private to Akka; all of a kind share one registration. */
  private static final class ReferenceAwareKryo extends Kryo {
    // Kryo declares the parameter raw.
    @Override
    @SuppressWarnings("rawtypes")
    public Registration getRegistration(Class type) {
      if (ActorRef.class.isAssignableFrom(type)) {
        return super.getRegistration(ActorRef.class);
      }
      return SourceRef.class.isAssignableFrom(type)
          ? super.getRegistration(SourceRef.class)
          : super.getRegistration(type);
    }
  }
}
