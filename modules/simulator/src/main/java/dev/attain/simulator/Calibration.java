package dev.attain.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** All measured figures beside the simulated ones, and how near they have to be. */
record Calibration(List<Group> groups) {

  Calibration {
    groups = List.copyOf(groups);
  }

  /**
   * How far a group may be off, as shares.
   *
   * @param each
   *          any figure; 1 where single figures have no limit
   */
  record Limit(double meanAbsolute, double bias, double each) {

    /** Of single figures. */
    static Optional<Limit> each(double share) {
      return Optional.of(new Limit(1, 1, share));
    }

    /** Of a group's means. */
    static Optional<Limit> means(double absolute, double bias) {
      return Optional.of(new Limit(absolute, bias, 1));
    }
  }

  /** Figures that are judged together; without a limit they are only shown. */
  record Group(String name, List<Comparison> points, Optional<Limit> limit) {

    double meanAbsolute() {
      return points.stream().mapToDouble(point -> Math.abs(point.error())).average().orElseThrow();
    }

    double bias() {
      return points.stream().mapToDouble(Comparison::error).average().orElseThrow();
    }

    double worst() {
      return points.stream().mapToDouble(point -> Math.abs(point.error())).max().orElseThrow();
    }

    /** True without a limit. */
    boolean met() {
      return limit.map(most -> meanAbsolute() <= most.meanAbsolute() && Math.abs(bias()) <= most.bias()
          && worst() <= most.each()).orElse(true);
    }

    /** One line of the summary. */
    @Override
    public String toString() {
      String judged = limit.map(most -> (most.each() < 1
          ? percent("each <= %.0f %%", most.each())
          : percent("mean <= %.0f %%", most.meanAbsolute()) + percent(", bias <= %.0f %%", most.bias()))
          + (met() ? "" : "  MISSED")).orElse("no limit");
      return String.format(Locale.ROOT, "%-48s %3d %8.1f %8.1f %8.1f   %s", name, points.size(), 100 * meanAbsolute(),
          100 * bias(), 100 * worst(), judged);
    }

    private static String percent(String format, double share) {
      return String.format(Locale.ROOT, format, 100 * share);
    }
  }

  /**
   * Simulates every measured point.
   *
   * @param moreFlags
   *          of every engine, to see what a coefficient does
   */
  static Calibration run(List<String> moreFlags) throws SimulatorException {
    List<Comparison> all = new ArrayList<>(new H100Calibration(moreFlags).comparisons());
    all.addAll(new H200Calibration(moreFlags).comparisons());
    Map<String, List<Comparison>> byGroup = new LinkedHashMap<>();
    all.forEach(point -> byGroup.computeIfAbsent(point.group(), name -> new ArrayList<>()).add(point));
    return new Calibration(byGroup.entrySet().stream()
        .map(entry -> new Group(entry.getKey(), entry.getValue(), entry.getValue().getFirst().limit())).toList());
  }

  /** Every figure, then a line for each group. */
  String text() {
    StringBuilder text = new StringBuilder(String.format("%-48s %-22s %11s %12s %7s%n", "group", "point",
        "measured ms", "simulated ms", "error %"));
    for (Group group : groups) {
      for (Comparison point : group.points()) {
        text.append(String.format(Locale.ROOT, "%-48s %-22s %11.2f %12.2f %+7.1f%n", group.name(), point.point(),
            point.measuredMillis(), point.simulatedMillis(), 100 * point.error()));
      }
    }
    text.append(String.format("%n%-48s %3s %8s %8s %8s   %s%n", "errors in percent", "n", "mean", "bias", "worst",
        "limit"));
    groups.forEach(group -> text.append(group).append(System.lineSeparator()));
    return text.toString();
  }
}
