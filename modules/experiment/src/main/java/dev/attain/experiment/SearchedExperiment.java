package dev.attain.experiment;

/**
 * What {@code attain find-rate} is to find out.
 *
 * @param experiment without loads of its own; a point has as many requests as a segment of the search
 */
public record SearchedExperiment(Experiment experiment, LoadSearch search) {

  /** The same with requests that carry the name the engine gave. */
  public SearchedExperiment with(Experiment resolved) {
    return new SearchedExperiment(resolved, search);
  }

  /**
   * A segment of a probe as a point: segments at one load differ in their seeds, and the same repeat has the same arrivals and
   * requests at every load and on every deployment.
   *
   * @param repeat from 1
   */
  public Point point(Deployment deployment, double level, int repeat) {
    return new Point(deployment.name(), search.load(level), repeat, experiment.seed() + repeat - 1);
  }
}
