package dev.attain.report;

import dev.attain.report.Chart.LegendKey;
import dev.attain.report.Chart.Level;
import dev.attain.report.Chart.Scale;
import dev.attain.report.Chart.Series;
import java.util.List;

/**
 * Several panels below each other on one axis of time, so that what happened at the same moment stands below each other.
 *
 * @param name file name without its ending
 * @param horizontal title of the axis of time
 * @param stretches what follows each other along the axis, ascending
 * @param lanes from the top down
 */
record Lanes(String name, String title, String horizontal, List<Stretch> stretches, List<Lane> lanes)
    implements
      Figure {

  /** From one second to another. */
  record Stretch(double from, double to, String label) {}

  /**
   * One panel.
   *
   * @param missing what stands in it when it has no curve
   */
  record Lane(String title, Scale scale, List<Series> series, List<Level> levels, List<LegendKey> keys,
      String missing) {
    Lane {
      series = List.copyOf(series);
      levels = List.copyOf(levels);
      keys = List.copyOf(keys);
    }
  }

  Lanes {
    stretches = List.copyOf(stretches);
    lanes = List.copyOf(lanes);
  }

  @Override
  public double height() {
    return LanesPainter.height(lanes.size());
  }

  @Override
  public void paintOn(Canvas canvas) {
    LanesPainter.paint(this, canvas);
  }
}
