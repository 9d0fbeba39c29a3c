package dev.attain.experiment;

import java.math.BigDecimal;

/** What a point puts on its deployment. */
public sealed interface Load {
  /**
   * Open loop: requests arrive at this rate, whatever becomes of those before.
   *
   * @param perSecond requests per second over all load nodes, above 0
   */
  record Rate(double perSecond) implements Load {
    @Override
    public String label() {
      return BigDecimal.valueOf(perSecond).stripTrailingZeros().toPlainString() + "qps";
    }
  }

  /**
   * Closed loop: so many users who each send their next request when the one before has ended.
   *
   * @param users over all load nodes, at least 1
   */
  record Concurrency(int users) implements Load {
    @Override
    public String label() {
      return "concurrency" + users;
    }
  }

  /** Fit to be a part of a file's name, unique among loads: {@code 8qps}, {@code 2.5qps}, {@code concurrency8}. */
  String label();
}
