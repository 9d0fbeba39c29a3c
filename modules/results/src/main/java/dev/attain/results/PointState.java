package dev.attain.results;

/** How far a point came; in a bundle that is not complete, some never finish. */
public enum PointState {
  /** Not started. */
  PLANNED,
  /** Started; its records are as complete as the last flush. */
  RUNNING,
  /** Judged; {@code summary.json} is there. */
  FINISHED
}
