package dev.attain.report;

import java.util.List;

/**
 * A line chart over the request rate or over time, before anything is drawn.
 *
 * @param name file name without its ending
 * @param title also the vertical axis's title
 * @param horizontal title of the horizontal axis
 * @param scale of the vertical axis
 * @param levels horizontal lines across the chart, such as a target
 * @param keys what the legend explains
 * @param guides what is marked along the horizontal axis
 */
record Chart(String name, String title, String horizontal, Scale scale, List<Series> series, List<Level> levels,
    List<LegendKey> keys, Guides guides) implements Figure {

  /** How values are spread over the vertical axis. */
  enum Scale {
    /** Shares, 0 to a little above 1. */
    SHARE,
    /** Seconds, in powers of ten: latencies grow without bound past saturation. */
    LOG_SECONDS,
    /** Numbers of things, from 0. */
    COUNT
  }

  /** How values are spread over the horizontal axis. */
  enum Across {
    /** From zero on. */
    FROM_ZERO,
    /** The highest value on the left, as where further right means harder. */
    DESCENDING,
    /** Seconds, in powers of ten. */
    LOG_SECONDS
  }

  /** How a line is drawn. */
  enum Pattern {
    SOLID, DASHED, DOTTED
  }

  /**
   * One line.
   *
   * @param samples ascending by x; those not believed get a hollow marker and no line
   * @param mark at each sample: none, filled, or open; the last tells lines apart where no colours are
   */
  record Series(String label, Ink ink, Pattern pattern, List<Sample> samples, Mark mark) {
    /** With a filled marker at each sample. */
    Series(String label, Ink ink, Pattern pattern, List<Sample> samples) {
      this(label, ink, pattern, samples, Mark.FILLED);
    }

    /** A line alone, for the many samples of a course of time. */
    static Series unmarked(String label, Ink ink, Pattern pattern, List<Sample> samples) {
      return new Series(label, ink, pattern, samples, samples.size() < 2 ? Mark.FILLED : Mark.NONE);
    }

    Series {
      samples = List.copyOf(samples);
    }

    List<Sample> believed() {
      return samples.stream().filter(Sample::believed).toList();
    }
  }

  /**
   * One measured value.
   *
   * @param low lower end of the interval; equal to {@code high} when there is none
   * @param hint what a view may show when asked about it
   */
  record Sample(double x, double y, double low, double high, boolean believed, String hint) {}

  /** A horizontal line. */
  record Level(double y, String label) {}

  /** What stands on a line, or on a legend's piece of it. */
  enum Mark {
    NONE, FILLED,
    /** A hollow marker on a line. */
    OPEN,
    /** A hollow marker without a line. */
    HOLLOW
  }

  /** An entry of the legend. */
  record LegendKey(String label, Ink ink, Pattern pattern, Mark mark) {}

  /** A vertical line, with its label beside it. */
  record Upright(double x, Ink ink, String label) {}

  /**
   * What is marked along the horizontal axis.
   *
   * @param remarks lines of text in the lower left corner
   */
  record Guides(List<Upright> uprights, Across across, List<String> remarks) {
    static final Guides NONE = new Guides(List.of(), Across.FROM_ZERO, List.of());

    Guides {
      uprights = List.copyOf(uprights);
      remarks = List.copyOf(remarks);
    }
  }

  /** With nothing marked. */
  Chart(String name, String title, String horizontal, Scale scale, List<Series> series, List<Level> levels,
      List<LegendKey> keys) {
    this(name, title, horizontal, scale, series, levels, keys, Guides.NONE);
  }

  Chart {
    series = List.copyOf(series);
    levels = List.copyOf(levels);
    keys = List.copyOf(keys);
  }

  @Override
  public double height() {
    return ChartPainter.height(keys);
  }

  @Override
  public void paintOn(Canvas canvas) {
    ChartPainter.paint(this, canvas);
  }
}
