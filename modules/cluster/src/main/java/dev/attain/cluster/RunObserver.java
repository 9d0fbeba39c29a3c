package dev.attain.cluster;

/** Takes the events of a run: stores them, shows them. */
@FunctionalInterface
public interface RunObserver {
  /**
   * Called for one event at a time, from changing threads. A {@link RuntimeException} (results cannot be written) ends
   * the run in order; its message becomes the reason.
   */
  void on(RunEvent event);

  /** The same observer, called for one event at a time whoever calls. */
  static RunObserver serialised(RunObserver observer) {
    Object lock = new Object();
    return event -> {
      synchronized (lock) {
        observer.on(event);
      }
    };
  }
}
