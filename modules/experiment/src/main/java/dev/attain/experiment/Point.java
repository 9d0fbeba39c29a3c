package dev.attain.experiment;

/**
 * One deployment at one load and repeat: the unit of measurement and of a verdict.
 *
 * @param repeat from 1
 * @param seed of arrivals and prompts; the same for every deployment and load
 */
public record Point(String deployment, Load load, int repeat, long seed) {

  /**
   * Unique in the experiment and fit to be a folder's name: {@code colocated-8qps-1}, {@code colocated-concurrency64-3}.
   */
  public String id() {
    return deployment + "-" + load.label() + "-" + repeat;
  }
}
