package dev.attain.experiment;

import java.math.BigDecimal;

/**
 * One deployment at one rate and repeat: the unit of measurement and of a verdict.
 *
 * @param rate requests per second over all load nodes
 * @param repeat from 1
 * @param seed of arrivals and prompts; the same for every deployment and rate
 */
public record Point(String deployment, double rate, int repeat, long seed) {

  /** Unique in the experiment and fit to be a folder's name: {@code colocated-8qps-1}, {@code colocated-2.5qps-3}. */
  public String id() {
    return deployment + "-" + BigDecimal.valueOf(rate).stripTrailingZeros().toPlainString() + "qps-" + repeat;
  }
}
