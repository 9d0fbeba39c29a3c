package dev.attain.experiment;

import dev.attain.workload.LengthDistribution;

/** Reads {@code workload.prompt-tokens} and {@code workload.output-tokens}. */
final class LengthsSection {
  /** Beyond every context length there is. */
  private static final int MOST_TOKENS = 100_000_000;

  private enum Kind { FIXED, UNIFORM, LOGNORMAL, EMPIRICAL }

  private LengthsSection() {}

  static LengthDistribution read(Section section) {
    var setting = section.get("kind");
    var kind = setting.choice(Kind.class);
    if (kind.isEmpty()) {
      section.abandon();
      return new LengthDistribution.Fixed(1);
    }
    var distribution = switch (kind.get()) {
      case FIXED -> new LengthDistribution.Fixed(tokens(section.get("tokens")));
      case UNIFORM -> uniform(section);
      case LOGNORMAL -> lognormal(section);
      case EMPIRICAL -> empirical(section.get("observed"));
    };
    section.close("with kind = " + setting.written());
    return distribution;
  }

  private static int tokens(Setting setting) {
    return Numbers.whole(setting, 1, MOST_TOKENS);
  }

  private static LengthDistribution.Uniform uniform(Section section) {
    int minimum = tokens(section.get("minimum"));
    return new LengthDistribution.Uniform(minimum, maximum(section, minimum));
  }

  private static LengthDistribution.Lognormal lognormal(Section section) {
    int minimum = tokens(section.get("minimum"));
    double mu = Numbers.any(section.get("mu"), "6.6");
    var sigma = section.get("sigma");
    double deviation = Numbers.any(sigma, "0.9");
    if (deviation < 0) {
      sigma.problem(sigma.written() + " is below 0; write for example 0.9");
      deviation = 0;
    }
    return new LengthDistribution.Lognormal(mu, deviation, minimum, maximum(section, minimum));
  }

  private static int maximum(Section section, int minimum) {
    var setting = section.get("maximum");
    int maximum = tokens(setting);
    if (maximum < minimum) {
      setting.problem(setting.written() + " is below the minimum of " + minimum + "; write " + minimum + " or more");
      return minimum;
    }
    return maximum;
  }

  private static LengthDistribution empirical(Setting observed) {
    var elements = observed.someElements("is empty; write the observed lengths, for example [120, 340, 95]");
    var lengths = elements.stream().map(LengthsSection::tokens).toList();
    return lengths.isEmpty() ? new LengthDistribution.Fixed(1) : new LengthDistribution.Empirical(lengths);
  }
}
