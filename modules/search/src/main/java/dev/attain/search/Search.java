package dev.attain.search;

import dev.attain.statistics.AttainmentCurve;
import dev.attain.statistics.Crossing;
import dev.attain.statistics.Estimate;
import dev.attain.statistics.JointShares;
import dev.attain.statistics.MaxLoad;
import dev.attain.statistics.SequentialTest;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Says what to measure next, given what was measured. A pure function: the same history gives the same step, so that a
 * search that was cut off is resumed by giving it the history that is left. Immutable and thread-safe.
 */
public final class Search {
  /** A segment that cannot be believed gets a second chance, and no third. */
  private static final int UNBELIEVED = 2;

  private final Question question;
  private final Budget budget;
  private final SequentialTest test;

  /** Of one deployment. */
  public Search(Question question, Budget budget) {
    this.question = question;
    this.budget = budget;
    this.test = new SequentialTest(question.target(), question.segments());
  }

  /** What it is to find. */
  public Question question() {
    return question;
  }

  /**
   * The next step.
   *
   * @param history segments in the order they were measured, as earlier steps asked for them
   */
  public Step next(List<Segment> history) {
    List<Probe> probes = Probe.of(history, test);
    if (!probes.isEmpty() && probes.getLast().unbelieved().size() >= UNBELIEVED) {
      return new Step.Done(ended(history, new End.Unbelievable(probes.getLast().unbelieved().getLast())));
    }
    boolean extension = !probes.isEmpty() && probes.getLast().goesOn(question.segments());
    OptionalDouble load = extension
        ? OptionalDouble.of(probes.getLast().load())
        : question.after(Bracket.of(probes, question.target()));
    if (load.isEmpty()) {
      return new Step.Done(ended(history, new End.Completed()));
    }
    if (!budget.allows(history, question, load.getAsDouble())) {
      return new Step.Done(ended(history, new End.OutOfBudget()));
    }
    return new Step.Measure(load.getAsDouble(), extension ? probes.getLast().segments().size() + 1 : 1, extension);
  }

  /** What is known when it ends here, for whatever reason. */
  public Finding ended(List<Segment> history, End end) {
    List<Probe> all = Probe.of(history, test);
    List<Probe> counting = all.stream().filter(probe -> probe.believed() > 0).toList();
    Bracket bracket = Bracket.of(counting, question.target());
    return new Finding(answer(counting, bracket, end instanceof End.Completed), end, bracket, all);
  }

  /** What is known so far. */
  public Bracket bracket(List<Segment> history) {
    return Bracket.of(Probe.of(history, test).stream().filter(probe -> probe.believed() > 0).toList(),
        question.target());
  }

  private Answer answer(List<Probe> probes, Bracket bracket, boolean complete) {
    if (bracket.holds().isPresent() && bracket.misses().isPresent()) {
      return at(probes, bracket.holds().getAsDouble(), bracket.misses().getAsDouble());
    }
    if (bracket.holds().isPresent()) {
      double holds = bracket.holds().getAsDouble();
      return complete ? new Answer.AboveHighest(holds) : new Answer.AtLeast(holds);
    }
    if (bracket.misses().isPresent()) {
      double misses = bracket.misses().getAsDouble();
      return complete ? new Answer.BelowLowest(misses) : new Answer.Below(misses);
    }
    return new Answer.Unknown();
  }

  /**
   * The crossing of the fit that never rises. All that lie below the bracket hold and all above it miss, so that the
   * fit, which pools only what rises, crosses within the bracket.
   */
  private Answer at(List<Probe> probes, double holds, double misses) {
    List<MaxLoad.Load> loads = probes.stream().sorted(Comparator.comparingDouble(Probe::load)).map(Search::resampled)
        .toList();
    MaxLoad found = MaxLoad.of(loads, question.target());
    Estimate estimate = found.estimate();
    double load = found.isotonic() instanceof Crossing.At at ? at.load() : holds;
    return new Answer.At(load, Math.min(estimate.low(), holds), Math.max(estimate.high(), misses));
  }

  private static MaxLoad.Load resampled(Probe probe) {
    long weight = Math.max(1, Math.round(probe.independent()));
    return new MaxLoad.Load(new AttainmentCurve.Sample(probe.load(), probe.share(), weight),
        JointShares.of(probe.share(), probe.independent(), 0));
  }
}
