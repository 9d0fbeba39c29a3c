package dev.attain.search;

import java.math.BigDecimal;
import java.math.MathContext;

/** What loads are, and how to go from one to the next. */
public enum Scale {
  /** Requests per second, of five digits. */
  RATES {
    @Override
    double near(double load) {
      return new BigDecimal(load, new MathContext(DIGITS)).doubleValue();
    }

    @Override
    boolean closer(double low, double high, double resolution) {
      return high <= low * (1 + resolution) * ROUNDING;
    }

    @Override
    double mostRatio() {
      return 2;
    }
  },
  /** Users of a closed loop, whole numbers. */
  USERS {
    @Override
    double near(double load) {
      return Math.floor(load);
    }

    @Override
    boolean closer(double low, double high, double resolution) {
      return high - low <= Math.max(1, resolution * low);
    }

    @Override
    double mostRatio() {
      // Half of 3 users is 1; and the whole numbers between two ends are seldom halved exactly.
      return 4;
    }
  };

  private static final int DIGITS = 5;
  /** More than rounding to these digits adds up to. */
  private static final double ROUNDING = 1.0002;

  /** The load of this kind closest to a number; of users, not above it. */
  abstract double near(double load);

  /** Whether nothing more is to be measured between two loads. */
  abstract boolean closer(double low, double high, double resolution);

  /** What the ends of a bracket are apart at most after doubling or halving. */
  abstract double mostRatio();

  /** Between two loads that are not close, and neither of them. */
  double middle(double low, double high) {
    return near(Math.max(Math.sqrt(low * high), this == USERS ? low + 1 : low));
  }
}
