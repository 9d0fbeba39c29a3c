package dev.attain.schedule;

/**
 * Gamma distributed gaps of mean one.
 *
 * <p>Method of Marsaglia and Tsang, "A simple method for generating gamma variables" (2000): with d = a - 1/3 and c =
 * 1 / sqrt(9 d), the value d (1 + c Z)^3 of a normal Z is accepted with a probability that makes it gamma of shape a;
 * a shape below 1 is drawn at a + 1 and multiplied by U^(1/a). Rejected attempts use up draws of the gap's own stream,
 * so that gap k never depends on how many draws gap k - 1 took.
 */
final class GammaGaps implements UnitGaps {
  private static final int BOOST_DRAW = 0;
  private static final int FIRST_ATTEMPT = 1;
  private static final int DRAWS_PER_ATTEMPT = 3;

  private final double shape;
  private final double d;
  private final double c;
  private final CounterRandom random;

  GammaGaps(double shape, CounterRandom random) {
    this.shape = shape;
    this.random = random;
    d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3;
    c = 1 / Math.sqrt(9 * d);
  }

  @Override
  public double gap(int index) {
    double sample = accepted(index) / shape;
    return shape < 1 ? sample * StrictMath.pow(random.uniform(index, BOOST_DRAW), 1 / shape) : sample;
  }

  private double accepted(int index) {
    for (int draw = FIRST_ATTEMPT;; draw += DRAWS_PER_ATTEMPT) {
      double normal = normal(random.uniform(index, draw), random.uniform(index, draw + 1));
      double root = 1 + c * normal;
      double v = root * root * root;
      if (root > 0 && StrictMath.log(random.uniform(index, draw + 2)) < logAcceptance(normal, v)) {
        return d * v;
      }
    }
  }

  private double logAcceptance(double normal, double v) {
    return normal * normal / 2 + d - d * v + d * StrictMath.log(v);
  }

  /** Box and Muller's transformation of two uniforms to one standard normal. */
  private static double normal(double first, double second) {
    return Math.sqrt(-2 * StrictMath.log(first)) * StrictMath.cos(2 * Math.PI * second);
  }
}
