package dev.attain.cluster;

import java.util.ArrayList;
import java.util.List;

/**
 * Values in their order, of which every second one goes, now and from then on, whenever there are too many: they stay
 * evenly spaced, and a point of any length costs the same memory. Not thread-safe.
 */
final class ThinnedSeries<T> {
  private final int most;
  private final List<T> kept = new ArrayList<>();
  private long offered;
  private long stride = 1;

  /** @param most that are ever kept, at least 2 */
  ThinnedSeries(int most) {
    this.most = most;
  }

  void add(T value) {
    if (offered++ % stride != 0) {
      return;
    }
    if (kept.size() == most) {
      for (int k = 1; k < kept.size(); k++) {
        kept.remove(k);
      }
      stride *= 2;
    }
    kept.add(value);
  }

  /** Keeps a value that must not be missed: the last one. */
  void addLast(T value) {
    kept.add(value);
  }

  List<T> values() {
    return List.copyOf(kept);
  }
}
