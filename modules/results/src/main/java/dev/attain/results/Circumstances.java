package dev.attain.results;

import dev.attain.experiment.Experiment;
import dev.attain.experiment.Loop;
import dev.attain.measurement.Slo;
import dev.attain.schedule.RateProfile;

/**
 * What one has to know about a point before anything follows from its requests.
 *
 * @param steadyLoad whether the load stays the same throughout a point
 * @param instances that share the requests
 */
record Circumstances(Slo slo, LoopKind loop, boolean steadyLoad, int instances) {
  static Circumstances of(Experiment experiment, DeploymentFacts deployment, LoopKind loop) {
    boolean steady = !(experiment.load().loop() instanceof Loop.Open open)
        || open.profile() instanceof RateProfile.Flat;
    return new Circumstances(experiment.slo(), loop, steady, deployment.sharing());
  }
}
