package dev.attain.cli;

import static dev.attain.cli.VirtualQueue.NANOS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.search.Answer;
import dev.attain.search.Budget;
import dev.attain.search.Question;
import dev.attain.search.Scale;
import dev.attain.search.Search;
import dev.attain.search.Segment;
import dev.attain.search.Step;
import dev.attain.simulator.SimulatorException;
import dev.attain.simulator.VirtualOutcome;
import dev.attain.statistics.EffectiveSize;
import dev.attain.statistics.Overload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Whether searches find the truth where queues are real and it is known: the objective is what nine of ten requests of a long
 * steady run of a simulated engine, in virtual time, meet at the true rate.
 */
class SearchOnVirtualEnginesTest {
  private static final int SEEDS = 50;
  /** The defaults of find-rate, of one instance. */
  private static final int SEGMENT = 1000;
  private static final int SEGMENTS = 8;
  /** Requests before and after a segment that are not measured. */
  private static final int LEAD_IN = 500;
  private static final int LEAD_OUT = 200;

  private static VirtualQueue queue;
  private static VirtualQueue.Truth truth;

  @BeforeAll
  static void knowTheTruth() throws SimulatorException {
    queue = VirtualQueue.start();
    truth = queue.truth();
  }

  private static Answer search(long seed, double start) {
    var search = new Search(
        new Question(Scale.RATES, start, start / 16, start * 16, 0.05, SEGMENT, SEGMENTS, VirtualQueue.TARGET),
        Budget.unlimited());
    var history = new ArrayList<Segment>();
    while (search.next(history) instanceof Step.Measure measure) {
      history.add(measured(measure, 1000 * seed + measure.repeat()));
    }
    return ((Step.Done) search.next(history)).finding().answer();
  }

  /** As a point is judged. */
  private static Segment measured(Step.Measure measure, long seed) {
    List<VirtualOutcome> run = queue.serve(seed, measure.load(), LEAD_IN + SEGMENT + LEAD_OUT)
        .subList(LEAD_IN, LEAD_IN + SEGMENT);
    double[] severity = Arrays.stream(VirtualQueue.ttft(run)).map(it -> it / truth.objective()).toArray();
    double[] from = run.stream().mapToDouble(outcome -> outcome.request().arrivalNanos() / NANOS).toArray();
    double[] until = run.stream().mapToDouble(outcome -> outcome.lastTokenNanos() / NANOS).toArray();
    double share = Arrays.stream(severity).filter(it -> it <= 1).count() / (double) SEGMENT;
    return MeasuredSegment.counting(measure.load(), measure.repeat(), share, SEGMENT,
        EffectiveSize.ofOutcomes(severity).independent(),
        Optional.of(Overload.of(from, until, severity)).filter(Overload::overloaded), Optional.empty(),
        SEGMENT / measure.load());
  }

  @Test
  void nineOfTenSearchesLandWithinFivePerCentAndTheirIntervalsSeldomMissTheTruth() {
    List<Answer.At> answers = IntStream.range(0, SEEDS).parallel().mapToObj(seed -> search(seed, truth.rate() / 3))
        .map(Answer.At.class::cast).toList();

    double[] errors = answers.stream().mapToDouble(at -> at.load() / truth.rate() - 1).toArray();
    assertThat(Arrays.stream(errors).filter(error -> Math.abs(error) <= 0.05).count()).as(Arrays.toString(errors))
        .isGreaterThanOrEqualTo(SEEDS * 9 / 10);
    // Of a hundred 93 did; 88 when segments found an idle engine, which makes the highest rate look higher.
    assertThat(answers.stream().filter(at -> at.low() <= truth.rate() && truth.rate() <= at.high()).count())
        .as("%s", answers).isGreaterThanOrEqualTo(SEEDS * 17 / 20);
    assertThat(Arrays.stream(errors).average().orElseThrow()).as("no bias").isBetween(-0.02, 0.02);
  }
}
