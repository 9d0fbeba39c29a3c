package dev.attain.simulator;

import java.util.Comparator;
import java.util.List;

/** Finds what a user most likely meant. */
final class Nearest {

  private Nearest() {}

  /** The candidate with the fewest single-character edits; there must be at least one. */
  static String of(String word, List<String> candidates) {
    return candidates.stream().min(Comparator.comparingInt(candidate -> edits(word, candidate))).orElseThrow();
  }

  /** Levenshtein distance. */
  private static int edits(String from, String to) {
    int[] previous = new int[to.length() + 1];
    for (int column = 0; column <= to.length(); column++) {
      previous[column] = column;
    }
    for (int row = 1; row <= from.length(); row++) {
      int[] current = new int[to.length() + 1];
      current[0] = row;
      for (int column = 1; column <= to.length(); column++) {
        int replaced = previous[column - 1] + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
        current[column] = Math.min(replaced, Math.min(previous[column], current[column - 1]) + 1);
      }
      previous = current;
    }
    return previous[to.length()];
  }
}
