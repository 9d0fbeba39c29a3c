package dev.attain.cluster;

import dev.attain.engines.EnginePage;
import dev.attain.engines.EngineSample;
import dev.attain.engines.EngineStage;
import dev.attain.engines.LatencyHistogram;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What has been seen of one instance during a point. Owned by {@link ServerSampler}; not thread-safe. */
final class InstanceTrack {
  /** An engine that has never told anything by then offers no metrics. */
  private static final int FAILURES_WITHOUT_SUCCESS = 3;

  private final WatchedInstance instance;
  private final PageReader reader;
  private final ThinnedSeries<ServerView.Seen<EngineSample>> samples;
  private Optional<EnginePage> first = Optional.empty();
  private Optional<EnginePage> last = Optional.empty();
  private int failures;
  private boolean underWay;

  InstanceTrack(WatchedInstance instance, PageReader reader, int mostSamples) {
    this.instance = instance;
    this.reader = reader;
    this.samples = new ThinnedSeries<>(mostSamples);
  }

  PageReader reader() {
    return reader;
  }

  boolean underWay() {
    return underWay;
  }

  /** True when it is worth reading and not being read already; the caller then reads. */
  boolean begin() {
    if (underWay || (first.isEmpty() && failures >= FAILURES_WITHOUT_SUCCESS)) {
      return false;
    }
    underWay = true;
    return true;
  }

  void seen(double seconds, EnginePage page, boolean ended) {
    underWay = false;
    first = first.or(() -> Optional.of(page));
    last = Optional.of(page);
    ServerView.Seen<EngineSample> sample = new ServerView.Seen<>(seconds, page.sample());
    if (ended) {
      samples.addLast(sample);
    } else {
      samples.add(sample);
    }
  }

  void notSeen() {
    underWay = false;
    failures++;
  }

  /** Empty for an instance that never told anything. */
  Optional<ServerView.InstanceView> view() {
    return first.flatMap(before -> last.map(after -> new ServerView.InstanceView(instance.id(), instance.role(),
        instance.base(), samples.values(), stages(before, after))));
  }

  private static Map<EngineStage, LatencyHistogram> stages(EnginePage before, EnginePage after) {
    Map<EngineStage, LatencyHistogram> stages = new EnumMap<>(EngineStage.class);
    after.stages().forEach((stage, histogram) -> {
      // A histogram without any value may be missing before the first one.
      Optional<LatencyHistogram> ofPoint = Optional.ofNullable(before.stages().get(stage))
          .map(histogram::since).orElse(Optional.of(histogram));
      ofPoint.ifPresent(difference -> stages.put(stage, difference));
    });
    return stages;
  }
}
