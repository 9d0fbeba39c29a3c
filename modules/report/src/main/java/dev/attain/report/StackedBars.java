package dev.attain.report;

import java.util.List;

/**
 * Bars of parts that stand on each other, each part with a fill that can be told from the others without colours.
 *
 * @param name file name without its ending
 * @param horizontal title of the horizontal axis
 * @param bars from left to right
 * @param keys what the legend explains
 */
record StackedBars(String name, String title, String horizontal, List<Bar> bars, List<Key> keys) implements Figure {

  /** How a part is filled. */
  enum Fill {
    SOLID, OPEN, HATCHED
  }

  /** What parts of one kind look like. */
  record Look(Ink ink, Fill fill) {}

  /**
   * A part of a bar.
   *
   * @param hint what a view may show when asked about it
   */
  record Part(double seconds, Look look, String hint) {}

  /** @param parts from the bottom up */
  record Bar(String label, List<Part> parts) {
    Bar {
      parts = List.copyOf(parts);
    }

    double seconds() {
      return parts.stream().mapToDouble(Part::seconds).sum();
    }
  }

  /** An entry of the legend. */
  record Key(String label, Look look) {}

  StackedBars {
    bars = List.copyOf(bars);
    keys = List.copyOf(keys);
  }

  @Override
  public double height() {
    return ChartPainter.height(keys.size());
  }

  @Override
  public void paintOn(Canvas canvas) {
    BarPainter.paint(this, canvas);
  }
}
