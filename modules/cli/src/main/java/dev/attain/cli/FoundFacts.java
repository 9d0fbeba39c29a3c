package dev.attain.cli;

import dev.attain.experiment.Deployment;
import dev.attain.experiment.LoadSearch;
import dev.attain.experiment.SearchedExperiment;
import dev.attain.results.FoundLoad;
import dev.attain.results.FoundLoads;
import dev.attain.results.LoopKind;
import dev.attain.results.Objectives;
import dev.attain.results.PointSummary;
import dev.attain.search.Answer;
import dev.attain.search.End;
import dev.attain.search.Finding;
import dev.attain.search.Probe;
import dev.attain.search.Segment;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** What searches found, as the bundle keeps it. */
final class FoundFacts {
  private static final double NANOS_PER_SECOND = 1e9;

  private FoundFacts() {}

  /** @param running whether the search has not ended, so that the end of the finding means nothing */
  record State(Finding finding, boolean running) {}

  static FoundLoads of(SearchedExperiment searched, Function<Deployment, State> states) {
    LoadSearch asked = searched.search();
    List<FoundLoad> deployments = searched.experiment().deployments().stream()
        .map(deployment -> found(searched, deployment, states.apply(deployment))).toList();
    return new FoundLoads(PointSummary.SCHEMA_VERSION,
        asked.by() == LoadSearch.By.RATE ? LoopKind.OPEN : LoopKind.CLOSED,
        Objectives.of(searched.experiment().slo(), searched.experiment().target()),
        asked.start(), asked.lowest(), asked.highest(), asked.resolution(), asked.requests(), asked.segments(),
        asked.mostRequests().stream().asLongStream().boxed().findFirst(),
        asked.mostTime().map(most -> most.toNanos() / NANOS_PER_SECOND), deployments);
  }

  private static FoundLoad found(SearchedExperiment searched, Deployment deployment, State state) {
    Finding finding = state.finding();
    Optional<Answer.At> at = finding.answer() instanceof Answer.At found ? Optional.of(found) : Optional.empty();
    Optional<Double> low = at.map(Answer.At::low).filter(end -> end > 0);
    Optional<Double> high = at.map(Answer.At::high).filter(Double::isFinite);
    int gpus = deployment.gpus();
    return new FoundLoad(deployment.name(), gpus, answer(finding.answer()), at.map(Answer.At::load), low, high,
        at.filter(found -> gpus > 0).map(found -> new FoundLoad.PerGpu(found.load() / gpus,
            low.map(end -> end / gpus), high.map(end -> end / gpus))),
        boxed(finding.bracket().holds()), boxed(finding.bracket().misses()),
        state.running() ? FoundLoad.End.RUNNING : end(finding.end()), state.running() ? "" : reason(finding.end()),
        finding.undecided(), finding.requests(), finding.seconds(),
        finding.probes().stream().map(probe -> probe(searched, deployment, probe)).toList());
  }

  private static FoundLoad.Probe probe(SearchedExperiment searched, Deployment deployment, Probe probe) {
    return new FoundLoad.Probe(probe.load(), probe.verdict(), probe.share(), probe.interval().low(),
        probe.interval().high(), probe.independent(),
        probe.segments().stream().map(segment -> segment(searched, deployment, segment)).toList());
  }

  private static FoundLoad.Segment segment(SearchedExperiment searched, Deployment deployment, Segment segment) {
    return new FoundLoad.Segment(searched.point(deployment, segment.load(), segment.repeat()).id(), segment.repeat(),
        segment.share(), segment.requests(), segment.overloaded(), segment.invalid().orElse(""), segment.seconds());
  }

  private static Optional<Double> boxed(OptionalDouble value) {
    return value.stream().boxed().findFirst();
  }

  private static FoundLoad.Answer answer(Answer answer) {
    return switch (answer) {
      case Answer.At at -> FoundLoad.Answer.AT;
      case Answer.BelowLowest below -> FoundLoad.Answer.BELOW_LOWEST;
      case Answer.AboveHighest above -> FoundLoad.Answer.ABOVE_HIGHEST;
      case Answer.AtLeast least -> FoundLoad.Answer.AT_LEAST;
      case Answer.Below below -> FoundLoad.Answer.BELOW;
      case Answer.Unknown unknown -> FoundLoad.Answer.UNKNOWN;
    };
  }

  private static FoundLoad.End end(End end) {
    return switch (end) {
      case End.Completed completed -> FoundLoad.End.COMPLETED;
      case End.OutOfBudget budget -> FoundLoad.End.OUT_OF_BUDGET;
      case End.Unbelievable unbelievable -> FoundLoad.End.UNBELIEVABLE;
      case End.Stopped stopped -> FoundLoad.End.STOPPED;
    };
  }

  private static String reason(End end) {
    return switch (end) {
      case End.Completed completed -> "";
      case End.OutOfBudget budget -> "a further segment would be more than its budget allows";
      case End.Unbelievable unbelievable -> unbelievable.reason();
      case End.Stopped stopped -> stopped.reason();
    };
  }
}
