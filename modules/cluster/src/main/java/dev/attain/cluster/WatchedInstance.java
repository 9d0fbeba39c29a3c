package dev.attain.cluster;

import dev.attain.client.Target;
import dev.attain.engines.EngineKind;
import dev.attain.engines.InstanceRole;
import dev.attain.engines.MetricNames;
import dev.attain.experiment.Deployment;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An instance whose metrics are read.
 *
 * @param id as its deployment calls it; those of an external deployment are called alike
 * @param names how its page is written; empty when only the page can tell
 */
record WatchedInstance(String id, InstanceRole role, URI base, Optional<MetricNames> names) {

  /** The instances of a deployment that is up, without those whose engine has no metrics at all. */
  static List<WatchedInstance> of(Deployment deployment, Target target) {
    return switch (deployment) {
      case Deployment.External external -> instances(target, Optional.empty());
      case Deployment.Colocated colocated -> ofKind(EngineKind.of(colocated.engine()), target);
      case Deployment.Disaggregated disaggregated -> ofKind(EngineKind.of(disaggregated.engine()), target);
    };
  }

  private static List<WatchedInstance> ofKind(EngineKind kind, Target target) {
    return kind.metrics().map(names -> instances(target, Optional.of(names))).orElse(List.of());
  }

  private static List<WatchedInstance> instances(Target target, Optional<MetricNames> names) {
    return switch (target) {
      case Target.Colocated colocated -> side(InstanceRole.COLOCATED, colocated.instances(), names);
      case Target.Split split -> {
        List<WatchedInstance> both = new ArrayList<>(side(InstanceRole.PREFILL, split.prefill(), names));
        both.addAll(side(InstanceRole.DECODE, split.decode(), names));
        yield both;
      }
    };
  }

  private static List<WatchedInstance> side(InstanceRole role, List<URI> bases, Optional<MetricNames> names) {
    List<WatchedInstance> side = new ArrayList<>();
    for (URI base : bases) {
      side.add(new WatchedInstance(role.name().toLowerCase(Locale.ROOT) + "-" + side.size(), role, base, names));
    }
    return side;
  }
}
