package dev.attain.search;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Between which loads the answer lies.
 *
 * @param holds the highest that meets the target, empty when none does so far
 * @param misses the lowest that does not, likewise; above {@code holds}
 */
public record Bracket(OptionalDouble holds, OptionalDouble misses) {
  static Bracket of(List<Probe> probes, double target) {
    return new Bracket(
        probes.stream().filter(probe -> probe.share() >= target).mapToDouble(Probe::load).max(),
        probes.stream().filter(probe -> probe.share() < target).mapToDouble(Probe::load).min());
  }
}
