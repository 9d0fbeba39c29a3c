package dev.attain.measurement;

import java.util.List;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/**
 * Merges the recorders of a node into cumulative, numbered snapshots. Used by one thread, which may be another than the
 * recorders' own; a recorder has one collector only, because collecting takes values out of it.
 */
public final class Collector {
  private final List<Recorder> recorders;
  private final LongSupplier planned;
  private final Histogram[] cumulative = Latencies.emptyHistograms();
  private long number;

  /**
   * @param recorders all recorders of the node
   * @param planned size of the node's share
   */
  public Collector(List<Recorder> recorders, long planned) {
    this(recorders, () -> planned);
  }

  /**
   * @param recorders all recorders of the node
   * @param planned size of the node's share so far, for one that grows; it grows before a request of it is recorded
   */
  public Collector(List<Recorder> recorders, LongSupplier planned) {
    this.recorders = List.copyOf(recorders);
    this.planned = planned;
  }

  /**
   * Everything recorded so far; numbers start at 1 and rise by 1. When no recorder is being written to, counts and
   * histograms agree exactly. Otherwise the histograms may already hold requests that the counts do not, never the
   * reverse, and each count is one that the recorder really had: {@code metBoth <= metTtft <= completed} and
   * {@code inFlight() >= 0} always hold.
   */
  public Snapshot snapshot() {
    Counts counts = Counts.none();
    long[] outOfRange = new long[Latencies.SERIES];
    // Writers fill histograms before they count, so counts are read before histograms.
    for (Recorder recorder : recorders) {
      counts = counts.plus(recorder.counts());
    }
    // After the endings, so that a share which grows is never smaller than what has ended of it.
    counts = counts.plus(Counts.ofPlanned(planned.getAsLong()));
    for (Recorder recorder : recorders) {
      recorder.moveInto(cumulative);
      recorder.addOutOfRangeTo(outOfRange);
    }
    number++;
    return new Snapshot(number, counts, Latencies.copyOf(cumulative, outOfRange));
  }
}
