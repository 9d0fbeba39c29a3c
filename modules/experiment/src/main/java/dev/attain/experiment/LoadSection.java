package dev.attain.experiment;

import dev.attain.schedule.Extent;
import dev.attain.schedule.RateProfile;
import dev.attain.schedule.Shares;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Reads {@code load}. */
final class LoadSection {
  /** What a schedule holds at most. */
  private static final int MOST_REQUESTS = 50_000_000;
  private static final int MOST_REPEATS = 1_000;
  private static final int MOST_IN_FLIGHT = 1_000_000;
  private static final List<String> POINTS_OF_A_RUN = List.of("rates", "concurrency", "repeats", "duration",
      "requests");

  private static final LoadPlan STAND_IN = new LoadPlan(new Loop.Open(List.of(1.0)), 1, new Extent.Requests(1));

  private LoadSection() {}

  static LoadPlan read(Section section) {
    boolean closed = closed(section);
    if (section.gives("concurrency") && !closed) {
      section.problem("concurrency", "stands beside load.rates; a point has a rate (open loop) or a number of users"
          + " (closed loop), leave one of them out");
      section.abandon();
      return STAND_IN;
    }
    Loop loop = closed ? UsersSection.read(section) : open(section);
    var plan = new LoadPlan(loop, Numbers.whole(section.get("repeats"), 1, MOST_REPEATS), extent(section, loop));
    section.close(closed
        ? "in a closed loop (load.concurrency), where the server sets the pace"
        : "in an open loop (load.rates)");
    return plan;
  }

  /**
   * For a search, which has loads of its own: who sets their pace, and so many requests for each. What says which points a
   * run has takes no part, so that one file serves both.
   */
  static LoadPlan forSearch(Section section, boolean closed, int requests) {
    Loop loop = closed
        ? UsersSection.loop(section, List.of())
        : new Loop.Open(List.of(), ProfileSection.read(section.section("profile", "kind")), maxInFlight(section),
            lead(section));
    POINTS_OF_A_RUN.forEach(section::optional);
    section.resolved().keySet().removeAll(POINTS_OF_A_RUN);
    section.close(closed
        ? "where find-rate.by = concurrency, and the server sets the pace"
        : "where find-rate looks for a rate");
    return new LoadPlan(loop, 1, new Extent.Requests(requests));
  }

  /** For a run of a file that only asks to find the highest load. */
  static LoadPlan missing(Section section) {
    section.problem("rates",
        "is missing, and so is load.concurrency: this file only asks to find the highest load, which"
            + " attain find-rate does; for a run write for example rates = [8, 16]");
    section.abandon();
    return STAND_IN;
  }

  static boolean givesLoads(Section section) {
    return section.gives("rates") || section.gives("concurrency");
  }

  static boolean closed(Section section) {
    return section.gives("concurrency") && !section.gives("rates");
  }

  private static Loop.Open open(Section section) {
    return new Loop.Open(rates(section), ProfileSection.read(section.section("profile", "kind")),
        maxInFlight(section), lead(section));
  }

  private static Lead lead(Section section) {
    return new Lead(Durations.zeroOrMore(section.get("lead-in"), DurationUnit.SECONDS),
        Durations.zeroOrMore(section.get("lead-out"), DurationUnit.SECONDS));
  }

  private static OptionalInt maxInFlight(Section section) {
    return section.optional("max-in-flight").map(each -> OptionalInt.of(Numbers.whole(each, 1, MOST_IN_FLIGHT)))
        .orElse(OptionalInt.empty());
  }

  private static List<Double> rates(Section section) {
    var setting = section.optional("rates");
    if (setting.isEmpty()) {
      section.problem("rates", "is missing, and so is load.concurrency; write for example rates = [8, 16]");
      return List.of(1.0);
    }
    return each(setting.get(), "is empty; write at least one rate in requests per second, for example [8, 16]",
        element -> Numbers.positive(element, "8"), "rate", 1.0);
  }

  /** The elements of a list, each of them once; {@code standIn} for a list without any that is good. */
  static <N extends Number> List<N> each(Setting setting, String whenEmpty, Function<Setting, N> number, String noun,
      N standIn) {
    var numbers = new LinkedHashSet<N>();
    for (var element : setting.someElements(whenEmpty)) {
      N read = number.apply(element);
      boolean usable = element.number("8").filter(written -> isAsWritten(written, read)).isPresent();
      if (usable && !numbers.add(read)) {
        element.problem(element.written() + " is there twice; write each " + noun
            + " once, and load.repeats to measure it again");
      }
    }
    return numbers.isEmpty() ? List.of(standIn) : List.copyOf(numbers);
  }

  /** Otherwise it stands in for something that has had its problem. */
  private static boolean isAsWritten(BigDecimal written, Number read) {
    return written.doubleValue() == read.doubleValue();
  }

  private static Extent extent(Section section, Loop loop) {
    var duration = section.optional("duration");
    var requests = section.optional("requests");
    if (duration.isPresent() == requests.isPresent()) {
      section.problem("duration", duration.isPresent()
          ? "stands beside load.requests; a point ends by one of them, leave the other out"
          : "is missing, and so is load.requests; write for example duration = 60 s");
      return new Extent.Requests(1);
    }
    if (requests.isPresent()) {
      return new Extent.Requests(Numbers.whole(requests.get(), 1, MOST_REQUESTS));
    }
    var time = Durations.positive(duration.get(), DurationUnit.SECONDS);
    if (loop instanceof Loop.Open open) {
      double highest = Collections.max(open.rates());
      if (highest * open.profile().flatSeconds(time.toMillis() / 1_000.0) > MOST_REQUESTS) {
        duration.get().problem(duration.get().written() + " at " + highest + " requests per second is more than the "
            + MOST_REQUESTS + " requests a point can have; write a shorter duration or a lower rate");
      }
    }
    return new Extent.Time(time);
  }

  /** The trace is the profile of its own arrivals. */
  static void checkProfile(Section section, LoadPlan plan, boolean recordedArrivals) {
    if (recordedArrivals && plan.loop() instanceof Loop.Open open && !(open.profile() instanceof RateProfile.Flat)) {
      section.problem("profile",
          "has no place beside arrivals.kind = trace, whose times change the rate themselves; leave one of them out");
    }
  }

  /** Every load node must get a part of what is dealt, and no more than it may have open. */
  static void checkParts(Section section, LoadPlan plan, Nodes nodes, RequestPolicy policy) {
    switch (plan.loop()) {
      case Loop.Open open -> open.maxInFlight().ifPresent(places -> {
        if (parts(nodes, places).min().orElse(0) < 1) {
          section.problem("max-in-flight", places + " leaves a load node without a place, and it could send nothing;"
              + " write at least one for each of the " + nodes.load() + " load nodes in proportion to their weights");
        }
        checkHardStop(section, "max-in-flight", places, nodes, policy);
      });
      case Loop.Closed closed -> closed.concurrency().stream().max(Integer::compare)
          .ifPresent(most -> checkHardStop(section, "concurrency", most, nodes, policy));
    }
  }

  static void checkHardStop(Section section, String key, int total, Nodes nodes, RequestPolicy policy) {
    int most = parts(nodes, total).max().orElse(0);
    if (most > policy.maxInFlight()) {
      section.problem(key, total + " gives a load node " + most + " requests at a time, above"
          + " requests.hard-stop-in-flight = " + policy.maxInFlight() + "; raise that, or nodes.load");
    }
  }

  private static IntStream parts(Nodes nodes, int total) {
    Shares shares = nodes.weights().isEmpty() ? Shares.equal(nodes.load()) : Shares.weighted(nodes.weights());
    return IntStream.range(0, shares.nodes()).map(node -> shares.part(node, total));
  }
}
