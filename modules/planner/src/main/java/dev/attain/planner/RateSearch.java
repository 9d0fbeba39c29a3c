package dev.attain.planner;

import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * Looks for the highest step of the grid at which one seed holds: doubles or halves until one holds and one misses, then
 * bisects, then tries lower rates and goes below any that misses.
 */
final class RateSearch {
  /** Parts of the result at which lower rates are tried. */
  private static final double[] BELOW = {0.85, 0.7, 0.5};

  private final RateGrid grid;
  private final double target;
  private final IntFunction<Trial> trials;
  private final TreeMap<Integer, Trial> tried = new TreeMap<>();

  /** @param trials the run at a step of the grid */
  RateSearch(RateGrid grid, double target, IntFunction<Trial> trials) {
    this.grid = grid;
    this.target = target;
    this.trials = trials;
  }

  /**
   * What was found.
   *
   * @param step the highest that holds; empty when even the lowest rate misses
   * @param best the run at it, or at the lowest rate
   * @param above the run at the next step; empty when no rate misses
   * @param heldAbove the highest step that holds although a lower one misses
   */
  record Found(Optional<Integer> step, Trial best, Optional<Trial> above, Optional<Integer> heldAbove) {}

  /**
   * Searches.
   *
   * @param start step to begin at
   * @param stride first distance to go from there
   * @param tryBelow whether rates below the result are tried too
   */
  Found from(int start, int stride, boolean tryBelow) {
    int lowest = grid.lowest();
    int holds = Math.clamp(start, lowest, grid.highest());
    int misses;
    if (holds(holds)) {
      misses = climb(holds, stride);
      holds = misses == Integer.MAX_VALUE ? grid.highest() : tried.lowerKey(misses);
    } else {
      misses = holds;
      holds = descend(misses, stride);
    }
    while (true) {
      if (holds < lowest) {
        return new Found(Optional.empty(), trial(lowest), Optional.of(trial(lowest)), heldAbove(lowest));
      }
      int found = misses == Integer.MAX_VALUE ? holds : bisect(holds, misses);
      int missesBelow = tryBelow ? missesBelow(found) : Integer.MAX_VALUE;
      if (missesBelow == Integer.MAX_VALUE) {
        return new Found(Optional.of(found), trial(found),
            misses == Integer.MAX_VALUE ? Optional.empty() : Optional.of(trial(found + 1)), heldAbove(found));
      }
      misses = missesBelow;
      holds = descend(misses, stride);
    }
  }

  private boolean holds(int step) {
    return trial(step).holds(target);
  }

  private Trial trial(int step) {
    return tried.computeIfAbsent(step, trials::apply);
  }

  /** A step above that misses; the last one tried below it holds. */
  private int climb(int from, int stride) {
    int step = from;
    for (int distance = stride;; distance *= 2) {
      if (step == grid.highest()) {
        return Integer.MAX_VALUE;
      }
      step = Math.min(grid.highest(), step + distance);
      if (!holds(step)) {
        return step;
      }
    }
  }

  /** A step below that holds, or one below the lowest. */
  private int descend(int from, int stride) {
    int step = from;
    for (int distance = stride; step > grid.lowest(); distance *= 2) {
      step = Math.max(grid.lowest(), step - distance);
      if (holds(step)) {
        return step;
      }
    }
    return grid.lowest() - 1;
  }

  private int bisect(int from, int to) {
    int holds = from;
    int misses = to;
    while (misses - holds > 1) {
      int middle = holds + (misses - holds) / 2;
      if (holds(middle)) {
        holds = middle;
      } else {
        misses = middle;
      }
    }
    return holds;
  }

  /** The lowest rate tried below a step that misses; {@code Integer.MAX_VALUE} when all hold. */
  private int missesBelow(int step) {
    for (double part : BELOW) {
      trial(Math.max(grid.lowest(), step - grid.steps(1 / part)));
    }
    return tried.headMap(step).entrySet().stream().filter(entry -> !entry.getValue().holds(target))
        .mapToInt(entry -> entry.getKey()).min().orElse(Integer.MAX_VALUE);
  }

  private Optional<Integer> heldAbove(int step) {
    return tried.tailMap(step, false).entrySet().stream().filter(entry -> entry.getValue().holds(target))
        .map(entry -> entry.getKey()).max(Integer::compare);
  }
}
