package dev.attain.experiment;

import dev.attain.schedule.ThinkTime;
import java.time.Duration;
import java.util.List;

/** Reads {@code load.concurrency} and {@code load.users}. */
final class UsersSection {
  private enum Distribution { CONSTANT, EXPONENTIAL }

  private static final int MOST_USERS = 1_000_000;

  private UsersSection() {}

  static Loop.Closed read(Section load) {
    var concurrency = LoadSection.each(load.get("concurrency"),
        "is empty; write at least one number of users, for example [1, 8, 64]",
        element -> Numbers.whole(element, 1, MOST_USERS), "number of users", 1);
    return loop(load, concurrency);
  }

  /** Who so many users are. */
  static Loop.Closed loop(Section load, List<Integer> concurrency) {
    var users = load.section("users");
    var loop = new Loop.Closed(concurrency, thinkTime(users), seconds(users, "ramp"),
        Durations.zeroOrMore(users.get("pause-after-failure"), DurationUnit.MILLISECONDS),
        Durations.positive(users.get("time-limit"), DurationUnit.SECONDS));
    users.close();
    return loop;
  }

  private static ThinkTime thinkTime(Section users) {
    var length = seconds(users, "think-time");
    var distribution = users.get("think-time-distribution").choice(Distribution.class).orElse(Distribution.CONSTANT);
    if (length.isZero()) {
      return new ThinkTime.None();
    }
    return switch (distribution) {
      case CONSTANT -> new ThinkTime.Constant(length);
      case EXPONENTIAL -> new ThinkTime.Exponential(length);
    };
  }

  private static Duration seconds(Section users, String key) {
    return Durations.zeroOrMore(users.get(key), DurationUnit.SECONDS);
  }
}
