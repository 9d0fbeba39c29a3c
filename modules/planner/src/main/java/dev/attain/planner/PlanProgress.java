package dev.attain.planner;

/** Hears how far a plan is. Called by one thread at a time. */
@FunctionalInterface
public interface PlanProgress {

  /**
   * One more is done.
   *
   * @param what is being done, such as {@code deployments}
   * @param done so far
   * @param total of them
   */
  void done(String what, int done, int total);
}
