package dev.attain.measurement;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The verdict on a point.
 *
 * @param verdict what it is
 * @param reasons why it is invalid or undecided, a sentence each; empty for pass and fail
 */
public record Judgement(Verdict verdict, List<String> reasons) {

  /** Advice to plan more requests than this helps nobody. */
  private static final double MOST_SUGGESTED = 1e7;

  /** Copies the reasons. */
  public Judgement {
    reasons = List.copyOf(reasons);
  }

  /**
   * Judges an attainment. Any invalid reason makes the point invalid, and so does an empty plan; otherwise the
   * interval decides, not the share itself.
   *
   * @param planned number of requests behind the attainment
   * @param invalidReasons why the measurement cannot be believed, empty when it can
   */
  public static Judgement of(Attainment attainment, long planned, List<String> invalidReasons) {
    List<String> invalid = new ArrayList<>(invalidReasons);
    if (planned == 0) {
      invalid.add("no requests were planned");
    }
    if (!invalid.isEmpty()) {
      return new Judgement(Verdict.INVALID, invalid);
    }
    if (attainment.low() >= attainment.target()) {
      return new Judgement(Verdict.PASS, List.of());
    }
    if (attainment.high() < attainment.target()) {
      return new Judgement(Verdict.FAIL, List.of());
    }
    return new Judgement(Verdict.UNDECIDED, List.of(undecided(attainment, planned)));
  }

  private static String undecided(Attainment attainment, long planned) {
    return String.format(Locale.ROOT,
        "the 95 %% interval of the attainment, %.2f to %.2f %%, straddles the target of %.2f %%: "
            + "%d planned requests are too few to decide%s",
        attainment.low() * 100, attainment.high() * 100, attainment.target() * 100, planned,
        decisive(attainment.both(), attainment.target()));
  }

  // The Wilson interval's end lies on the target t when (p - t)^2 = z^2 t(1 - t) / n.
  private static String decisive(double share, double target) {
    double distance = share - target;
    double enough = Interval.Z_95 * Interval.Z_95 * target * (1 - target) / (distance * distance);
    return enough > 0 && enough < MOST_SUGGESTED
        ? String.format(Locale.ROOT, ", about %.0f would do at the same share", Math.ceil(enough))
        : "";
  }
}
