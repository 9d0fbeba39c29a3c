package dev.attain.cluster;

import dev.attain.experiment.Deployment;
import dev.attain.experiment.Experiment;
import dev.attain.experiment.Point;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says which point comes next. Asked by one thread at a time, and for the next point only after the observer of the run has
 * been told how the one before ended: what comes next may depend on it.
 */
public interface PointSource {
  /** Whether nothing is left to be measured of a deployment; then it need not be brought up. */
  boolean finished(Deployment deployment);

  /** The next point of a deployment; empty when there is no further one. */
  Optional<Point> next(Deployment deployment);

  /**
   * Nothing more will be measured of a deployment.
   *
   * @return the points that are left, as far as anybody can know them
   */
  List<Point> giveUp(Deployment deployment, String reason);

  /** The points that an experiment lists. */
  static PointSource listed(Experiment experiment) {
    Map<String, ArrayDeque<Point>> left = new HashMap<>();
    experiment.deployments()
        .forEach(deployment -> left.put(deployment.name(), new ArrayDeque<>(experiment.points(deployment))));
    return new PointSource() {
      @Override
      public boolean finished(Deployment deployment) {
        return left.get(deployment.name()).isEmpty();
      }

      @Override
      public Optional<Point> next(Deployment deployment) {
        return Optional.ofNullable(left.get(deployment.name()).poll());
      }

      @Override
      public List<Point> giveUp(Deployment deployment, String reason) {
        List<Point> points = List.copyOf(left.get(deployment.name()));
        left.get(deployment.name()).clear();
        return points;
      }
    };
  }
}
