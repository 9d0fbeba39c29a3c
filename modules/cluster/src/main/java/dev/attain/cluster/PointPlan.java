package dev.attain.cluster;

import dev.attain.experiment.Load;
import dev.attain.experiment.Point;

/**
 * The few numbers from which a load node plans its share of a point.
 *
 * @param nonce goes into every prompt, so that no prefix cache carries over from another point or from the warm-up
 */
record PointPlan(String point, Load load, long seed, String nonce) {
  static PointPlan of(Point point, String run) {
    return new PointPlan(point.id(), point.load(), point.seed(), run + "/" + point.id());
  }
}
