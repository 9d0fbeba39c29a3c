package dev.attain.experiment;

import java.time.Duration;

/** How long something takes or took, for people, in units that a configuration may be written in. Stateless. */
public final class DurationWords {
  private DurationWords() {}

  /** The two largest units, the second one only where there is something of it: {@code 42 s}, {@code 3 min 5 s}, {@code 2 h}. */
  public static String of(Duration duration) {
    if (duration.toHours() > 0) {
      return duration.toHours() + " h" + more(duration.toMinutesPart(), " min");
    }
    return duration.toMinutes() > 0
        ? duration.toMinutes() + " min" + more(duration.toSecondsPart(), " s")
        : duration.toSeconds() + " s";
  }

  private static String more(int amount, String unit) {
    return amount == 0 ? "" : " " + amount + unit;
  }
}
