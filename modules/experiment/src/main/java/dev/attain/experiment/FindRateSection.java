package dev.attain.experiment;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads {@code find-rate}. */
final class FindRateSection {
  static final String NAME = "find-rate";
  private static final int MOST_USERS = 1_000_000;
  private static final int MOST_REQUESTS = 50_000_000;
  private static final int MOST_SEGMENTS = 100;
  private static final double FINEST = 0.002;
  private static final double COARSEST = 0.5;
  /** As far as four doublings or halvings go. */
  private static final double SIXTEEN = 16;
  private static final int REQUESTS_PER_INSTANCE = 1_000;

  private enum Side { LOWEST, HIGHEST }

  private final Section section;
  private final Section budget;
  private final LoadSearch.By by;
  private final Optional<Double> start;
  private final double resolution;
  private final Optional<Integer> requests;
  private final int segments;
  private final OptionalInt mostRequests;
  private final Optional<Duration> mostTime;
  private final double lowest;
  private final double highest;

  /** Reads the whole section. Nothing in it is required until a search is asked for. */
  FindRateSection(Section section) {
    this.section = section;
    this.by = section.get("by").choice(LoadSearch.By.class).orElse(LoadSearch.By.RATE);
    this.start = section.optional("start").map(this::level);
    this.lowest = limit(Side.LOWEST);
    this.highest = limit(Side.HIGHEST);
    this.resolution = resolution(section.get("resolution"));
    this.requests = section.optional("requests").map(each -> Numbers.whole(each, 1, MOST_REQUESTS));
    this.segments = Numbers.whole(section.get("segments"), 1, MOST_SEGMENTS);
    this.budget = section.section("budget");
    this.mostRequests = budget.optional("requests")
        .map(each -> OptionalInt.of(Numbers.whole(each, 1, Integer.MAX_VALUE))).orElse(OptionalInt.empty());
    this.mostTime = budget.optional("time").map(each -> Durations.positive(each, DurationUnit.MINUTES));
    budget.close();
    section.close();
  }

  boolean closedLoop() {
    return by == LoadSearch.By.CONCURRENCY;
  }

  /** Requests of a segment that is to serve all these deployments. */
  int requests(Iterable<Deployment> deployments) {
    int instances = 1;
    for (Deployment deployment : deployments) {
      instances = Math.max(instances, instances(deployment));
    }
    int asked = requests.orElse(REQUESTS_PER_INSTANCE * instances);
    section.resolve("requests", asked);
    return asked;
  }

  LoadSearch search(int requestsOfASegment) {
    if (start.isEmpty()) {
      section.problem("start",
          "is missing; write for example start = 8, a load that may be far off: the search doubles or"
              + " halves it, and a segment takes requests / start seconds");
    }
    mostRequests.ifPresent(most -> {
      if (most < requestsOfASegment) {
        budget.problem("requests", most + " is less than one segment of " + requestsOfASegment
            + " requests; write more, or fewer find-rate.requests");
      }
    });
    return new LoadSearch(by, start.orElse(1.0), lowest, highest, resolution, requestsOfASegment, segments,
        mostRequests,
        mostTime);
  }

  /** Every load node must be able to hold its part of the most users. */
  void checkParts(Nodes nodes, RequestPolicy policy) {
    if (closedLoop()) {
      LoadSection.checkHardStop(section, "highest", (int) highest, nodes, policy);
    }
  }

  private double level(Setting setting) {
    return by == LoadSearch.By.CONCURRENCY
        ? Numbers.whole(setting, 1, MOST_USERS)
        : Numbers.positive(setting, "8");
  }

  private double limit(Side side) {
    String key = Setting.choiceName(side);
    double from = start.orElse(1.0);
    boolean below = side == Side.LOWEST;
    double standIn = below ? from / SIXTEEN : from * SIXTEEN;
    if (by == LoadSearch.By.CONCURRENCY) {
      standIn = Math.clamp(Math.floor(standIn), 1, MOST_USERS);
    }
    var setting = section.optional(key);
    if (setting.isEmpty()) {
      section.resolve(key, standIn);
      return standIn;
    }
    double limit = level(setting.get());
    if (start.isPresent() && (below ? limit > from : limit < from)) {
      setting.get()
          .problem(setting.get().written() + " is " + (below ? "above" : "below") + " find-rate.start = " + from
              + ", which must lie between find-rate.lowest and find-rate.highest");
      return from;
    }
    return start.isPresent() ? limit : standIn;
  }

  private static double resolution(Setting setting) {
    double share = Numbers.percent(setting, "5");
    if (share >= FINEST && share <= COARSEST) {
      return share;
    }
    setting.problem(setting.written() + " is not from 0.2 to 50 percent; write for example 5");
    return COARSEST;
  }

  private static int instances(Deployment deployment) {
    return switch (deployment) {
      case Deployment.Colocated it -> it.replicas();
      case Deployment.Disaggregated it -> Math.max(it.prefill().instances(), it.decode().instances());
      case Deployment.External it -> Math.max(it.endpoints().size(),
          Math.max(it.prefill().size(), it.decode().size()));
    };
  }
}
