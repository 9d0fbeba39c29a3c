package dev.attain.workload;

import dev.attain.workload.LengthDistribution.Empirical;
import dev.attain.workload.LengthDistribution.Fixed;
import dev.attain.workload.LengthDistribution.Lognormal;
import dev.attain.workload.LengthDistribution.Uniform;

/** Draws lengths of a distribution. */
@FunctionalInterface
interface LengthSampler {

  /** Length for request {@code index} in tokens, at least 1; a pure function. */
  int tokens(int index);

  static LengthSampler of(LengthDistribution distribution, CounterRandom random) {
    return switch (distribution) {
      case Fixed(int tokens) -> index -> tokens;
      case Uniform(int minimum, int maximum) -> {
        // Spans every positive int: from 1 to the greatest one there are 2^31 - 1 lengths.
        int count = maximum - minimum + 1;
        yield index -> minimum + random.below(count, index);
      }
      case Lognormal lognormal -> index -> lognormal(lognormal, random, index);
      case Empirical empirical -> {
        int[] observed = empirical.observed().stream().mapToInt(Integer::intValue).toArray();
        yield index -> observed[random.below(observed.length, index)];
      }
    };
  }

  /**
   * Box and Muller's normal. {@code StrictMath}, because nodes of different processors must agree to the last token.
   */
  private static int lognormal(Lognormal distribution, CounterRandom random, int index) {
    double radius = Math.sqrt(-2 * StrictMath.log(random.uniform(index, 0)));
    double normal = radius * StrictMath.cos(2 * Math.PI * random.uniform(index, 1));
    double tokens = StrictMath.exp(distribution.mu() + distribution.sigma() * normal);
    return Math.clamp(Math.round(tokens), distribution.minimum(), distribution.maximum());
  }
}
