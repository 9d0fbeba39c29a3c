package dev.attain.experiment;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds what somebody probably meant to write. */
final class Nearest {
  private Nearest() {}

  /**
   * The candidate with the fewest edits to {@code written}, the first of equals; cutting a word short or going on
   * with it counts as one edit. There must be at least one candidate.
   */
  static String of(String written, Collection<String> candidates) {
    return candidates.stream().min(Comparator.comparingInt((String candidate) -> edits(written, candidate))
        .thenComparingInt(candidate -> distance(written, candidate))).orElseThrow();
  }

  private static int edits(String written, String candidate) {
    boolean continued = candidate.startsWith(written) || written.startsWith(candidate);
    return continued ? Math.min(1, distance(written, candidate)) : distance(written, candidate);
  }

  /** Insertions, deletions, replacements and swaps of neighbours; upper and lower case are the same letter. */
  static int distance(String from, String to) {
    var source = from.toLowerCase(Locale.ROOT);
    var target = to.toLowerCase(Locale.ROOT);
    var edits = new int[source.length() + 1][target.length() + 1];
    Arrays.setAll(edits[0], column -> column);
    for (int row = 1; row <= source.length(); row++) {
      edits[row][0] = row;
      for (int column = 1; column <= target.length(); column++) {
        int replaced = edits[row - 1][column - 1] + (source.charAt(row - 1) == target.charAt(column - 1) ? 0 : 1);
        int best = Math.min(replaced, Math.min(edits[row - 1][column], edits[row][column - 1]) + 1);
        if (swapped(source, target, row, column)) {
          best = Math.min(best, edits[row - 2][column - 2] + 1);
        }
        edits[row][column] = best;
      }
    }
    return edits[source.length()][target.length()];
  }

  private static boolean swapped(String source, String target, int row, int column) {
    return row > 1 && column > 1 && source.charAt(row - 1) == target.charAt(column - 2)
        && source.charAt(row - 2) == target.charAt(column - 1);
  }
}
