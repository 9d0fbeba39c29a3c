package dev.attain.cli;

import dev.attain.cluster.ServerView;
import dev.attain.engines.EngineSample;
import dev.attain.engines.EngineStage;
import dev.attain.engines.GpuFigures;
import dev.attain.engines.InstanceRole;
import dev.attain.engines.LatencyHistogram;
import dev.attain.results.GpuSample;
import dev.attain.results.GpuSamples;
import dev.attain.results.InstanceSamples;
import dev.attain.results.PointSummary;
import dev.attain.results.ServerMeasurement;
import dev.attain.results.ServerMetricsFile;
import dev.attain.results.ServerSample;
import dev.attain.results.ServerStage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What the engines saw of a point, as the bundle keeps it. */
final class ServerFacts {
  private static final double NANOS_PER_SECOND = 1e9;

  private ServerFacts() {}

  static ServerMeasurement of(ServerView view) {
    return new ServerMeasurement(new ServerMetricsFile(PointSummary.SCHEMA_VERSION,
        view.interval().toNanos() / NANOS_PER_SECOND,
        view.instances().stream().map(ServerFacts::instance).toList(),
        view.gpus().stream().map(ServerFacts::gpu).toList()), stages(view.instances()));
  }

  private static InstanceSamples instance(ServerView.InstanceView instance) {
    List<ServerSample> samples = new ArrayList<>();
    Optional<EngineSample> before = Optional.empty();
    for (ServerView.Seen<EngineSample> seen : instance.samples()) {
      EngineSample now = seen.figures();
      samples.add(new ServerSample(seen.seconds(), now.running(), now.waiting(), now.kvUsage(), now.preemptions(),
          now.promptTokens(), now.generatedTokens(), before.map(now::stepTokensSince).orElse(OptionalDouble.empty())));
      before = Optional.of(now);
    }
    return new InstanceSamples(instance.instance(), name(instance.role()), instance.base().toString(), samples);
  }

  private static GpuSamples gpu(ServerView.GpuView gpu) {
    return new GpuSamples(gpu.node(), gpu.gpu(), gpu.instance(), gpu.samples().stream().map(seen -> {
      GpuFigures figures = seen.figures();
      return new GpuSample(seen.seconds(), figures.memoryUsedMebibytes(), figures.utilisation(), figures.powerWatts());
    }).toList());
  }

  /** Instances of a role together; one whose buckets differ from the others' is left out. */
  private static Map<String, Map<String, ServerStage>> stages(List<ServerView.InstanceView> instances) {
    Map<String, Map<String, ServerStage>> byRole = new LinkedHashMap<>();
    for (InstanceRole role : InstanceRole.values()) {
      Map<String, ServerStage> stages = new LinkedHashMap<>();
      for (EngineStage stage : EngineStage.values()) {
        instances.stream().filter(instance -> instance.role() == role)
            .flatMap(instance -> Optional.ofNullable(instance.stages().get(stage)).stream())
            .reduce((one, other) -> one.plus(other).orElse(one)).filter(together -> together.count() > 0)
            .ifPresent(together -> stages.put(stage.jsonName(), stage(together)));
      }
      if (!stages.isEmpty()) {
        byRole.put(name(role), stages);
      }
    }
    return byRole;
  }

  private static ServerStage stage(LatencyHistogram histogram) {
    return new ServerStage(histogram.mean(), histogram.quantile(0.5), histogram.quantile(0.9),
        histogram.quantile(0.99), histogram.count());
  }

  private static String name(InstanceRole role) {
    return role.name().toLowerCase(Locale.ROOT);
  }
}
