package dev.attain.statistics;

import java.util.ArrayList;
import java.util.List;

/**
 * Attainment over the load.
 *
 * @param samples ascending by load, each load once
 */
public record AttainmentCurve(List<Sample> samples) {

  /**
   * A measured load.
   *
   * @param load requests per second, whole or for each GPU
   * @param share of the planned requests that met the objectives, 0 to 1
   * @param requests behind the share, its weight
   */
  public record Sample(double load, double share, long requests) {}

  /** @throws IllegalArgumentException when it is empty, or loads do not ascend */
  public AttainmentCurve {
    samples = List.copyOf(samples);
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("a curve needs a sample");
    }
    for (int number = 1; number < samples.size(); number++) {
      if (!(samples.get(number).load() > samples.get(number - 1).load())) {
        throw new IllegalArgumentException("loads must ascend, not " + samples);
      }
    }
  }

  /**
   * Where the line between neighbouring samples first goes below the target, as figures of serving systems mark it. A
   * sample that meets the target exactly still meets it.
   *
   * @param target share, above 0 and at most 1
   */
  public Crossing crossing(double target) {
    if (samples.getFirst().share() < target) {
      return new Crossing.BelowLowest(samples.getFirst().load());
    }
    for (int number = 1; number < samples.size(); number++) {
      Sample above = samples.get(number - 1);
      Sample below = samples.get(number);
      if (below.share() < target) {
        double way = (above.share() - target) / (above.share() - below.share());
        return new Crossing.At(above.load() + way * (below.load() - above.load()));
      }
    }
    return new Crossing.AboveHighest(samples.getLast().load());
  }

  /**
   * The nearest curve, by squares weighted with the requests, that never rises: pool adjacent violators (M. Ayer and
   * others, "An empirical distribution function for sampling with incomplete information", 1955). More load cannot make
   * attainment better, so that a rise is chance and neighbours share it.
   */
  public AttainmentCurve isotonic() {
    var pools = new ArrayList<Pool>();
    for (Sample sample : samples) {
      var pool = new Pool(sample.share() * sample.requests(), sample.requests(), 1);
      while (!pools.isEmpty() && pools.getLast().share() < pool.share()) {
        pool = pools.removeLast().with(pool);
      }
      pools.add(pool);
    }
    var fitted = new ArrayList<Sample>();
    for (Pool pool : pools) {
      for (int number = 0; number < pool.samples(); number++) {
        Sample measured = samples.get(fitted.size());
        fitted.add(new Sample(measured.load(), pool.share(), measured.requests()));
      }
    }
    return new AttainmentCurve(fitted);
  }

  /** Neighbours that share their mean. */
  private record Pool(double met, double requests, int samples) {
    double share() {
      return met / requests;
    }

    Pool with(Pool next) {
      return new Pool(met + next.met, requests + next.requests, samples + next.samples);
    }
  }
}
