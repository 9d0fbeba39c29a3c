package dev.attain.report;

import dev.attain.report.Block.Rows;
import dev.attain.report.Block.Text;
import dev.attain.results.Manifest;
import dev.attain.statistics.Dispersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether the requests of each point were sent as irregularly as the experiment asked for. */
final class ArrivalsTested {
  private final Manifest manifest;
  private final List<Observed> points;
  private final Map<String, Dispersion> results = new LinkedHashMap<>();

  ArrivalsTested(Manifest manifest, List<Observed> points) {
    this.manifest = manifest;
    this.points = points;
    if (obstacle().isEmpty()) {
      for (Observed point : points) {
        if (point.point().inFlightWait().count() == 0) {
          Dispersion.of(point.sent(), point.point().offeredSeconds(), asked())
              .ifPresent(found -> results.put(point.point().point(), found));
        }
      }
    }
  }

  /** What was found, by point; without those that cannot be tested. */
  Map<String, Dispersion> results() {
    return results;
  }

  /** Why nothing can be tested, a clause. */
  private Optional<String> obstacle() {
    if (LoadUnit.of(manifest) == LoadUnit.USERS) {
      return Optional.of("in a closed loop the server decides when requests are sent");
    }
    if (!manifest.steadyRate()) {
      return Optional.of("the rate changes within a point");
    }
    return switch (process()) {
      case "poisson", "gamma", "constant" -> Optional.empty();
      default -> Optional.of("recorded arrivals are what they are");
    };
  }

  /** Square of the coefficient of variation of the gaps. */
  private double asked() {
    return switch (process()) {
      case "constant" -> 0;
      case "gamma" -> 1 / manifest.configuration().at("/arrivals/burstiness").asDouble(1);
      default -> 1;
    };
  }

  private String process() {
    String kind = manifest.configuration().at("/arrivals/kind").asText();
    return kind.isEmpty() ? "poisson" : kind;
  }

  List<Block> blocks() {
    if (points.isEmpty()) {
      return List.of();
    }
    Optional<String> obstacle = obstacle();
    if (obstacle.isPresent()) {
      return List
          .of(new Text("Whether arrivals were as irregular as asked for is not tested: " + obstacle.get() + "."));
    }
    return List.of(
        new Text("Were requests sent as irregularly as asked for (" + manifest.arrivals()
            + ")? The index of dispersion is"
            + " the variance of the numbers of requests sent in equally long windows over their mean: 1 for Poisson"
            + " arrivals, the squared coefficient of variation of the gaps for others, 0 for even ones. Over k windows,"
            + " (k - 1) times the index over the one asked for has a chi-squared distribution (Cox and Lewis, The"
            + " Statistical Analysis of Series of Events, 1966). All points of a seed have the same arrivals, only"
            + " stretched, so that their results resemble each other."),
        new Rows(table()));
  }

  private Table table() {
    var table = Table.titled("point", "#requests sent", "#windows", "#index of dispersion", "#asked for",
        "#probability", "arrivals");
    for (Observed point : points) {
      String name = point.point().point();
      Dispersion found = results.get(name);
      if (found == null) {
        table.row(name, point.sent().length, "-", "-", Numbers.plain(asked()), "-", untested(point));
      } else {
        table.row(name, point.sent().length, found.windows(), Numbers.twoDecimals(found.index()),
            Numbers.plain(asked()), found.probability() < 0.001 ? "< 0.001" : Numbers.plain(found.probability()),
            found.asAsked() ? new Table.Cell("as asked for", Tone.GOOD) : new Table.Cell("not as asked for", Tone.BAD));
      }
    }
    return table.build();
  }

  private static String untested(Observed point) {
    if (point.point().inFlightWait().count() > 0) {
      return "not tested: requests waited for others to end";
    }
    return point.sent().length == 0 ? "not tested: no records" : "not tested: too few to tell";
  }
}
