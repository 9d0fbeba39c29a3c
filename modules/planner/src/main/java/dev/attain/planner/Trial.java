package dev.attain.planner;

import dev.attain.measurement.Slo;
import dev.attain.simulator.VirtualOutcome;
import java.util.List;

/**
 * What came of one run.
 *
 * @param whole of all requests
 * @param later of the second half of them
 * @param flightMidway requests in flight when the second half began
 * @param flightAtEnd requests in flight when the last one had arrived
 * @param ttftNanos of completed requests, in the order of arrival
 * @param tpotNanos likewise
 */
record Trial(Shares whole, Shares later, int flightMidway, int flightAtEnd, long[] ttftNanos, long[] tpotNanos) {

  /** How many of so many requests completed and met their objectives. */
  record Shares(int planned, int completed, int metTtft, int metTpot, int metBoth) {
    private boolean reach(double target) {
      return metBoth >= target * planned;
    }
  }

  /** Whether the target share of all requests met both objectives, and of those of the second half too. */
  boolean holds(double target) {
    return whole.reach(target) && later.reach(target);
  }

  static Trial of(List<VirtualOutcome> outcomes, Slo slo) {
    int size = outcomes.size();
    int half = size / 2;
    var completed = outcomes.stream().filter(VirtualOutcome::completed).toList();
    return new Trial(shares(outcomes, slo), shares(outcomes.subList(half, size), slo),
        inFlight(outcomes.subList(0, half), arrival(outcomes, half)), inFlight(outcomes, arrival(outcomes, size - 1)),
        completed.stream().mapToLong(VirtualOutcome::ttftNanos).toArray(),
        completed.stream().mapToLong(outcome -> Math.round(outcome.tpotNanos())).toArray());
  }

  private static long arrival(List<VirtualOutcome> outcomes, int index) {
    return outcomes.get(index).request().arrivalNanos();
  }

  private static int inFlight(List<VirtualOutcome> outcomes, long nanos) {
    return (int) outcomes.stream().filter(outcome -> outcome.completed() && outcome.lastTokenNanos() > nanos).count();
  }

  private static Shares shares(List<VirtualOutcome> outcomes, Slo slo) {
    int completed = 0;
    int metTtft = 0;
    int metTpot = 0;
    int metBoth = 0;
    for (var outcome : outcomes) {
      boolean ttft = outcome.completed() && outcome.ttftNanos() <= slo.ttft().toNanos();
      boolean tpot = outcome.completed() && outcome.tpotNanos() <= slo.tpot().toNanos();
      completed += outcome.completed() ? 1 : 0;
      metTtft += ttft ? 1 : 0;
      metTpot += tpot ? 1 : 0;
      metBoth += ttft && tpot ? 1 : 0;
    }
    return new Shares(outcomes.size(), completed, metTtft, metTpot, metBoth);
  }
}
