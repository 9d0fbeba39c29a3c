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
        "the 95 %% interval of the attainment, %.1f to %.1f %%, straddles the target of %.1f %%: "
            + "%d planned requests are too few to decide",
        attainment.low() * 100, attainment.high() * 100, attainment.target() * 100, planned);
  }
}
