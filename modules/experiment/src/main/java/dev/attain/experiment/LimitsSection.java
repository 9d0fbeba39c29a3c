package dev.attain.experiment;

import dev.attain.measurement.Slo;
import java.time.Duration;

/**
 * Reads the sections that hold nothing but limits: {@code slo}, {@code warm-up}, {@code monitoring},
 * {@code validity} and {@code deadlines}.
 */
final class LimitsSection {
  private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);
  private static final int MOST_WARM_UP_REQUESTS = 10_000;

  private LimitsSection() {}

  /** Both objectives; the target is read apart. */
  static Slo slo(Section section) {
    return new Slo(objective(section, "ttft", "500 ms"), objective(section, "tpot", "50 ms"));
  }

  private static Duration objective(Section section, String key, String example) {
    return section.required(key, example).map(each -> Durations.positive(each, DurationUnit.MILLISECONDS))
        .orElse(Duration.ofMillis(1));
  }

  static double target(Section section) {
    double target = Numbers.percent(section.get("target"), "90");
    section.close();
    return target;
  }

  static WarmUp warmUp(Section section) {
    var warmUp = new WarmUp(Numbers.whole(section.get("requests-per-pair"), 0, MOST_WARM_UP_REQUESTS),
        Durations.zeroOrMore(section.get("duration"), DurationUnit.SECONDS));
    section.close();
    return warmUp;
  }

  static Monitoring monitoring(Section section) {
    var monitoring = new Monitoring(Durations.zeroOrMore(section.get("interval"), DurationUnit.SECONDS));
    if (!monitoring.off() && monitoring.interval().compareTo(SHORTEST_INTERVAL) < 0) {
      section.problem("interval", "must be 0 s, for none, or at least 100 ms: an engine's page takes it milliseconds");
    }
    section.close();
    return monitoring;
  }

  static Validity validity(Section section) {
    var validity = new Validity(milliseconds(section, "send-lag-floor"),
        Numbers.percent(section.get("send-lag-percent-of-ttft"), "2"), milliseconds(section, "start-skew"),
        milliseconds(section, "clock-bound"), generator(section));
    section.close();
    return validity;
  }

  private static GeneratorLimits generator(Section section) {
    return new GeneratorLimits(Numbers.percent(section.get("event-loop-percent"), "70"),
        section.optional("event-loop-lag").map(each -> Durations.positive(each, DurationUnit.MILLISECONDS)),
        Numbers.percent(section.get("scheduler-delay-percent"), "20"),
        milliseconds(section, "gc-pause"), milliseconds(section, "stall"),
        Numbers.whole(section.get("receive-drops"), 0, Integer.MAX_VALUE));
  }

  static Deadlines deadlines(Section section) {
    var deadlines = new Deadlines(seconds(section, "nodes-join"), seconds(section, "engines-ready"),
        seconds(section, "warm-up"),
        seconds(section, "arm"), Durations.zeroOrMore(section.get("engines-idle"), DurationUnit.SECONDS),
        seconds(section, "collect"), seconds(section, "undeploy"), seconds(section, "lease"));
    section.close();
    return deadlines;
  }

  private static Duration milliseconds(Section section, String key) {
    return Durations.positive(section.get(key), DurationUnit.MILLISECONDS);
  }

  private static Duration seconds(Section section, String key) {
    return Durations.positive(section.get(key), DurationUnit.SECONDS);
  }
}
