package dev.attain.report;

import dev.attain.report.Chart.Sample;
import dev.attain.results.TimelineRow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What the load nodes saw of one point over time. Rates and shares are of everything within a time step, the requests in
 * flight the most at the ends of its seconds.
 */
final class ClientCourse {
  private static final TimelineRow NOTHING = new TimelineRow(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  private final double[] due;
  private final double start;
  private final List<Step> steps;

  /** From after one row to another one, with the rows between them. */
  private record Step(TimelineRow from, List<TimelineRow> rows) {
    TimelineRow to() {
      return rows.getLast();
    }

    double seconds() {
      return to().seconds() - from.seconds();
    }
  }

  /**
   * @param start where the point begins on the axis of time, in seconds
   * @param step length of a time step in seconds
   */
  ClientCourse(Observed point, double start, double step) {
    this.due = point.due();
    this.start = start;
    this.steps = steps(point.rows(), step);
  }

  private static List<Step> steps(List<TimelineRow> rows, double step) {
    var steps = new ArrayList<Step>();
    var open = new ArrayList<TimelineRow>();
    TimelineRow from = NOTHING;
    for (TimelineRow row : rows) {
      // A row that is not later than the one before says nothing about a rate.
      if (row.seconds() <= (open.isEmpty() ? from : open.getLast()).seconds()) {
        continue;
      }
      open.add(row);
      // Rows come a little early or late; the half keeps each of them a step where steps are as long as their distance.
      if (row.seconds() - from.seconds() > step - 0.5) {
        steps.add(new Step(from, List.copyOf(open)));
        from = row;
        open.clear();
      }
    }
    if (!open.isEmpty()) {
      steps.add(new Step(from, List.copyOf(open)));
    }
    return steps;
  }

  /** Requests that the schedule asked for, per second; empty where no records tell. */
  List<Sample> due() {
    return due.length == 0
        ? List.of()
        : rates(step -> Stamps.until(due, step.to().seconds()) - Stamps.until(due, step.from().seconds()));
  }

  /** Requests per second. */
  List<Sample> sent() {
    return rates(step -> step.to().sent() - step.from().sent());
  }

  /** Requests per second. */
  List<Sample> completed() {
    return rates(step -> step.to().completed() - step.from().completed());
  }

  List<Sample> inFlight() {
    return steps.stream().map(step -> {
      double most = step.rows().stream().mapToLong(TimelineRow::inFlight).max().orElse(0);
      return sample(step, most, Numbers.plain(most));
    }).toList();
  }

  /** Of the requests that ended within a step; none where none ended. */
  List<Sample> attainment() {
    return steps.stream().filter(step -> step.to().ended() > step.from().ended()).map(step -> {
      long ended = step.to().ended() - step.from().ended();
      double share = (double) (step.to().metBoth() - step.from().metBoth()) / ended;
      return sample(step, share, Numbers.percent(share) + " of " + ended);
    }).toList();
  }

  /** Of all requests that had ended until then. */
  List<Sample> attainmentSoFar() {
    return steps.stream().filter(step -> step.to().ended() > 0).map(step -> {
      double share = (double) step.to().metBoth() / step.to().ended();
      return sample(step, share, Numbers.percent(share) + " of " + step.to().ended());
    }).toList();
  }

  private List<Sample> rates(ToDoubleFunction<Step> amount) {
    return steps.stream().map(step -> {
      double rate = amount.applyAsDouble(step) / step.seconds();
      return sample(step, rate, Numbers.plain(rate) + "/s");
    }).toList();
  }

  private Sample sample(Step step, double value, String hint) {
    return new Sample(start + step.to().seconds(), value, value, value, true, hint);
  }
}
