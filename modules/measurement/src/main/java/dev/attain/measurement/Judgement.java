package dev.attain.measurement;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

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
   * interval decides, not the share itself. With a doubt nothing passes, and the share itself decides that a point fails:
   * a longer one would show even less.
   *
   * @param size what is behind the attainment
   * @param doubts why a longer point would show less, empty when it would not
   * @param invalidReasons why the measurement cannot be believed, empty when it can
   */
  public static Judgement of(Attainment attainment, SampleSize size, List<String> doubts,
      List<String> invalidReasons) {
    List<String> invalid = new ArrayList<>(invalidReasons);
    if (size.planned() == 0) {
      invalid.add("no requests were planned");
    }
    if (!invalid.isEmpty()) {
      return new Judgement(Verdict.INVALID, invalid);
    }
    boolean above = attainment.low() >= attainment.target();
    boolean below = attainment.high() < attainment.target();
    boolean doubtful = !doubts.isEmpty();
    if (below || (doubtful && attainment.both() < attainment.target())) {
      return new Judgement(Verdict.FAIL, List.of());
    }
    if (above && !doubtful) {
      return new Judgement(Verdict.PASS, List.of());
    }
    List<String> reasons = new ArrayList<>(above ? List.of() : List.of(undecided(attainment, size)));
    reasons.addAll(doubts);
    return new Judgement(Verdict.UNDECIDED, reasons);
  }

  private static String undecided(Attainment attainment, SampleSize size) {
    long independent = Math.round(size.independent());
    return String.format(Locale.ROOT,
        "the 95 %% interval of the attainment, %.2f to %.2f %%, straddles the target of %.2f %%: "
            + "%d planned requests%s are too few to decide%s",
        attainment.low() * 100, attainment.high() * 100, attainment.target() * 100, size.planned(),
        independent < size.planned() ? ", which say as much as " + independent + " independent ones," : "",
        further(attainment, size).stream()
            .mapToObj(further -> ", about " + further + " further ones would do at the same share").findFirst()
            .orElse(""));
  }

  /**
   * About how many further requests of the same kind would decide, if the share stayed the same; empty when no sensible
   * number would. The Wilson interval's end lies on the target t when (p - t)^2 = z^2 t(1 - t) / n.
   */
  public static OptionalLong further(Attainment attainment, SampleSize size) {
    double target = attainment.target();
    double distance = attainment.both() - target;
    double enough = Interval.Z_95 * Interval.Z_95 * target * (1 - target) / (distance * distance);
    double further = Math.ceil((enough / size.independent() - 1) * size.planned());
    return further > 0 && further < MOST_SUGGESTED ? OptionalLong.of((long) further) : OptionalLong.empty();
  }
}
