package dev.attain.report;

import dev.attain.measurement.Verdict;
import dev.attain.results.BundleOverview;
import dev.attain.results.BundleOverview.Kind;
import dev.attain.results.BundleOverview.Shape;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A list of bundles for a terminal: for each when, what, how much and how it went, and a line for each deployment. */
public final class BundleLines {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final String INDENT = "    ";

  private BundleLines() {}

  /**
   * The list in its order, a blank line between two; no line has an end. Times are those of this machine's zone.
   *
   * @param color whether verdicts are coloured with ANSI control sequences
   */
  public static List<String> of(List<BundleOverview> bundles, boolean color) {
    return IntStream.range(0, bundles.size()).boxed().flatMap(number -> {
      List<String> lines = lines(bundles.get(number), color);
      return number == 0
          ? lines.stream()
          : Stream.concat(Stream.of(""),
              lines.stream());
    }).toList();
  }

  /** Whether any of its lines contains a text; upper and lower case are the same. */
  public static boolean mentions(BundleOverview bundle, String text) {
    return lines(bundle, false).stream()
        .anyMatch(line -> line.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT)));
  }

  private static List<String> lines(BundleOverview it, boolean color) {
    String time = TIME.format(it.startedAt().atZone(ZoneId.systemDefault()));
    if (it.kind() == Kind.UNREADABLE) {
      return List.of(time + "  " + tinted(Tone.BAD, "unreadable", color) + "  " + it.folder() + ": " + it.problem()
          + " (" + contents(it) + ")");
    }
    var lines = new ArrayList<String>();
    lines.add(time + "  " + what(it) + "  " + contents(it) + "  " + outcome(it, color));
    it.deployments().forEach(deployment -> lines.add(INDENT + deployment.name() + ": " + deployment.configuration()));
    if (it.deployments().isEmpty()) {
      lines.add(INDENT + "Model:" + it.model());
    }
    if (!it.problem().isEmpty()) {
      lines.add(INDENT + it.problem());
    }
    lines.add(INDENT + it.folder());
    return lines;
  }

  /** {@code azure-conversation/colocated+disaggregated}. */
  private static String what(BundleOverview it) {
    String deployments = it.kind() == Kind.PLAN
        ? it.name() + " (plan)"
        : it.deployments().stream().map(Shape::name).collect(Collectors.joining("+"));
    return it.dataset() + "/" + deployments;
  }

  /** A plan has no points. */
  private static String contents(BundleOverview it) {
    String points = it.kind() == Kind.PLAN ? "" : counted(it.pointFiles(), "point file") + ", ";
    return points + counted(it.plots(), "plot") + ", " + Numbers.size((double) it.bytes());
  }

  private static String outcome(BundleOverview it, boolean color) {
    if (it.kind() == Kind.PLAN) {
      return it.problem().isEmpty() ? "simulated" : "not finished";
    }
    return it.verdicts().isEmpty()
        ? "no verdict"
        : it.verdicts().entrySet().stream().map(verdicts -> verdicts(verdicts, color))
            .collect(Collectors.joining(", "));
  }

  private static String verdicts(Map.Entry<Verdict, Integer> verdicts, boolean color) {
    return verdicts.getValue() + " " + tinted(Tone.of(verdicts.getKey()), verdicts.getKey().name(), color);
  }

  private static String tinted(Tone tone, String word, boolean color) {
    return color ? tone.ansi + word + ConsoleTable.RESET : word;
  }

  private static String counted(int number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }
}
