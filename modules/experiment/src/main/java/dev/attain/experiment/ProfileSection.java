package dev.attain.experiment;

import dev.attain.schedule.RateProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.function.Supplier;

/** Reads {@code load.profile}. */
final class ProfileSection {
  private enum Kind { FLAT, RAMP, BURST, STEPS }

  private static final String STEP = "write a factor and how long it holds, for example \"2 for 30 s\"";

  private ProfileSection() {}

  static RateProfile read(Section section) {
    var setting = section.get("kind");
    var kind = setting.choice(Kind.class);
    if (kind.isEmpty()) {
      section.abandon();
      return new RateProfile.Flat();
    }
    var profile = switch (kind.get()) {
      case FLAT -> new RateProfile.Flat();
      case RAMP -> ramp(section);
      case BURST -> burst(section);
      case STEPS -> steps(section.get("steps"));
    };
    section.close("with load.profile.kind = " + setting.written());
    return profile;
  }

  private static RateProfile ramp(Section section) {
    double from = Numbers.any(section.get("from"), "0");
    double to = Numbers.any(section.get("to"), "1");
    Duration over = Durations.positive(section.get("over"), DurationUnit.SECONDS);
    return usable(section.get("to"), () -> new RateProfile.Ramp(from, to, over));
  }

  private static RateProfile burst(Section section) {
    double factor = Numbers.any(section.get("factor"), "3");
    Duration every = Durations.positive(section.get("every"), DurationUnit.SECONDS);
    Duration lasting = Durations.positive(section.get("lasting"), DurationUnit.SECONDS);
    return usable(section.get("every"), () -> new RateProfile.Burst(factor, every, lasting));
  }

  private static RateProfile steps(Setting setting) {
    var steps = new ArrayList<RateProfile.Step>();
    for (var element : setting.someElements("is empty; " + STEP)) {
      String[] parts = element.written().trim().split("\\s+for\\s+", 2);
      if (parts.length < 2) {
        element.problem(element.written() + " is not a step; " + STEP);
        continue;
      }
      double factor = Numbers.any(element.part(parts[0]), "2");
      Duration lasting = Durations.positive(element.part(parts[1]), DurationUnit.SECONDS);
      steps.add(new RateProfile.Step(Math.clamp(factor, 0, 1000), lasting));
      if (factor < 0 || factor > 1000) {
        element.problem(element.written() + " has a factor that is not from 0 to 1000; " + STEP);
      }
    }
    return steps.isEmpty() ? new RateProfile.Flat() : usable(setting, () -> new RateProfile.Steps(steps));
  }

  private static RateProfile usable(Setting named, Supplier<RateProfile> profile) {
    try {
      return profile.get();
    } catch (IllegalArgumentException e) {
      named.problem(named.written() + " cannot be used: " + e.getMessage());
      return new RateProfile.Flat();
    }
  }
}
