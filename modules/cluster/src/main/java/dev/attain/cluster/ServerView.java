package dev.attain.cluster;

import dev.attain.engines.EngineSample;
import dev.attain.engines.EngineStage;
import dev.attain.engines.GpuFigures;
import dev.attain.engines.InstanceRole;
import dev.attain.engines.LatencyHistogram;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What the engines of a deployment and their GPUs said of themselves during a point.
 *
 * @param interval between two looks; zero when nobody looked
 */
public record ServerView(Duration interval, List<InstanceView> instances, List<GpuView> gpus) {
  /** Of a point during which nobody looked. */
  public static final ServerView NONE = new ServerView(Duration.ZERO, List.of(), List.of());

  /** Copies the lists. */
  public ServerView {
    instances = List.copyOf(instances);
    gpus = List.copyOf(gpus);
  }

  /**
   * One instance.
   *
   * @param samples one just before the point, those during it, one after it; a look that failed leaves a gap
   * @param stages the instance's own histograms of the point
   */
  public record InstanceView(String instance, InstanceRole role, URI base, List<Seen<EngineSample>> samples,
      Map<EngineStage, LatencyHistogram> stages) {
    /** Copies the collections. */
    public InstanceView {
      samples = List.copyOf(samples);
      stages = Map.copyOf(stages);
    }
  }

  /**
   * One GPU.
   *
   * @param node the engine node it belongs to
   */
  public record GpuView(String node, int gpu, String instance, List<Seen<GpuFigures>> samples) {
    /** Copies the list. */
    public GpuView {
      samples = List.copyOf(samples);
    }
  }

  /**
   * Something at a moment.
   *
   * @param seconds since the point's start; negative before it
   */
  public record Seen<T>(double seconds, T figures) {}
}
