package dev.attain.cli;

import dev.attain.search.Bracket;
import dev.attain.search.Cost;
import dev.attain.search.Question;
import dev.attain.search.Search;
import dev.attain.search.Segment;
import dev.attain.search.Step;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/**
 * How far a search is.
 *
 * @param probe number of the one that is measured next, from 1
 * @param segment number of its next segment, from 1
 */
record SearchState(Question question, Cost cost, Bracket bracket, int probe, int segment) {
  private static final int DIGITS = 4;

  static SearchState of(Search search, List<Segment> history) {
    long loads = history.stream().map(Segment::load).distinct().count();
    boolean extension = search.next(history) instanceof Step.Measure measure && measure.extension();
    int segment = extension
        ? (int) history.stream().filter(it -> it.load() == history.getLast().load()).count() + 1
        : 1;
    return new SearchState(search.question(), Cost.of(search.question()), search.bracket(history),
        (int) loads + (extension ? 0 : 1), segment);
  }

  /** "probe 3 of at most 9, segment 1 of at most 4, between 8 and 16 req/s". */
  String words(String unit) {
    return "probe %d of at most %d, segment %d of at most %d, %s".formatted(probe, cost.probes(), segment,
        question.segments(), known(unit));
  }

  private String known(String unit) {
    if (bracket.holds().isPresent() && bracket.misses().isPresent()) {
      return "between " + number(bracket.holds().getAsDouble()) + " and " + number(bracket.misses().getAsDouble()) + " "
          + unit;
    }
    if (bracket.holds().isPresent()) {
      return "above " + number(bracket.holds().getAsDouble()) + " " + unit;
    }
    return bracket.misses().isPresent()
        ? "below " + number(bracket.misses().getAsDouble()) + " " + unit
        : "nothing known yet";
  }

  /** With one segment at every load that is still to come, which lies where the bracket is. */
  double expectedSeconds() {
    double load = bracket.holds().orElse(bracket.misses().orElse(question.start()));
    double perSegment = question.requests() / load;
    boolean bracketed = bracket.holds().isPresent() && bracket.misses().isPresent();
    int bisections = bracketed ? bisectionsLeft() : cost.bisections() + 1;
    return Math.max(1, bisections) * perSegment;
  }

  private int bisectionsLeft() {
    double ratio = Math.log(bracket.misses().getAsDouble() / bracket.holds().getAsDouble());
    return (int) Math.ceil(Math.log(ratio / Math.log1p(question.resolution())) / Math.log(2));
  }

  static String number(double value) {
    return new BigDecimal(value, new MathContext(DIGITS)).stripTrailingZeros().toPlainString();
  }
}
