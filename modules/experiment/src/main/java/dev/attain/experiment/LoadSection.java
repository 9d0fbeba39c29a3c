package dev.attain.experiment;

import dev.attain.schedule.Extent;
import java.util.LinkedHashSet;
import java.util.List;

/** Reads {@code load}. */
final class LoadSection {
  /** What a schedule holds at most. */
  private static final int MOST_REQUESTS = 50_000_000;
  private static final int MOST_REPEATS = 1_000;

  private LoadSection() {}

  static LoadPlan read(Section section) {
    var rates = rates(section);
    var plan = new LoadPlan(rates, Numbers.whole(section.get("repeats"), 1, MOST_REPEATS), extent(section, rates));
    section.close();
    return plan;
  }

  private static List<Double> rates(Section section) {
    var setting = section.required("rates", "[8, 16]");
    if (setting.isEmpty()) {
      return List.of(1.0);
    }
    var elements = setting.get()
        .someElements("is empty; write at least one rate in requests per second, for example [8, 16]");
    var rates = new LinkedHashSet<Double>();
    for (var each : elements) {
      double rate = Numbers.positive(each, "8");
      boolean usable = each.number("8").filter(number -> number.signum() > 0).isPresent();
      if (usable && !rates.add(rate)) {
        each.problem(each.written() + " is there twice; write each rate once, and load.repeats to measure it again");
      }
    }
    return rates.isEmpty() ? List.of(1.0) : List.copyOf(rates);
  }

  private static Extent extent(Section section, List<Double> rates) {
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
    double highest = rates.stream().mapToDouble(Double::doubleValue).max().orElse(1);
    if (highest * time.toMillis() / 1_000 > MOST_REQUESTS) {
      duration.get().problem(duration.get().written() + " at " + highest + " requests per second is more than the "
          + MOST_REQUESTS + " requests a point can have; write a shorter duration or a lower rate");
    }
    return new Extent.Time(time);
  }
}
