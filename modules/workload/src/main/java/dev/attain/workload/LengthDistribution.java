package dev.attain.workload;

import java.util.List;

/** How long prompts or outputs are, in tokens. */
public sealed interface LengthDistribution {

  /** Always the same length, at least 1. */
  record Fixed(int tokens) implements LengthDistribution {
    public Fixed {
      requirePositive("the length", tokens);
    }
  }

  /** Every length from {@code minimum} (at least 1) to {@code maximum}, both included, equally often. */
  record Uniform(int minimum, int maximum) implements LengthDistribution {
    public Uniform {
      requireRange(minimum, maximum);
    }
  }

  /**
   * {@code exp(mu + sigma * Z)} tokens with Z standard normal, rounded to the nearest integer; what falls outside is
   * set to the nearer of {@code minimum} (at least 1) and {@code maximum}. The median is {@code exp(mu)}, the mean
   * before limiting {@code exp(mu + sigma * sigma / 2)}.
   */
  record Lognormal(double mu, double sigma, int minimum, int maximum) implements LengthDistribution {
    public Lognormal {
      if (!Double.isFinite(mu)) {
        throw new IllegalArgumentException("mu must be a finite number, but is " + mu);
      }
      if (!(sigma >= 0 && sigma <= Double.MAX_VALUE)) {
        throw new IllegalArgumentException("sigma must be zero or a positive finite number, but is " + sigma);
      }
      requireRange(minimum, maximum);
    }
  }

  /** One of the observed lengths (each at least 1), each equally often; drawn with replacement. */
  record Empirical(List<Integer> observed) implements LengthDistribution {
    public Empirical {
      observed = List.copyOf(observed);
      if (observed.isEmpty()) {
        throw new IllegalArgumentException("an empirical length distribution needs at least one observed length");
      }
      observed.forEach(tokens -> requirePositive("every observed length", tokens));
    }
  }

  private static void requirePositive(String what, int tokens) {
    if (tokens < 1) {
      throw new IllegalArgumentException(what + " must be at least 1 token, but is " + tokens);
    }
  }

  private static void requireRange(int minimum, int maximum) {
    requirePositive("the minimum length", minimum);
    if (maximum < minimum) {
      throw new IllegalArgumentException(
          "the maximum length must not be below the minimum of " + minimum + " tokens, but is " + maximum);
    }
  }
}
