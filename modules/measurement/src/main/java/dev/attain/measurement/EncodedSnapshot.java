package dev.attain.measurement;

import java.util.Arrays;
import java.util.Map;

/**
 * A snapshot as it travels between nodes. Equality is by content. The arrays are shared, not copied: nobody may write
 * to them.
 *
 * @param number of the snapshot
 * @param layout of all histograms
 * @param counts of the snapshot
 * @param histograms compressed HdrHistograms (V2) by name: {@link LatencyMetric#jsonName()} and {@code requiredScale}; no
 *          bytes where there is no value
 * @param outOfRange number of values outside the layout, by the same names
 */
public record EncodedSnapshot(long number, HistogramLayout layout, Counts counts, Map<String, byte[]> histograms,
    Map<String, Long> outOfRange) {

  /** Takes over the arrays in {@code histograms}. */
  public EncodedSnapshot {
    histograms = Map.copyOf(histograms);
    outOfRange = Map.copyOf(outOfRange);
  }

  /**
   * The snapshot that was encoded.
   *
   * @throws IllegalArgumentException with a sentence, when the layout is not this node's, or a histogram is missing or
   *         damaged
   */
  public Snapshot decode() {
    return HistogramCodec.decode(this);
  }

  /**
   * As {@link #decode()}, but each distribution is decoded when it is first asked for, and it is then that damage comes
   * to light: for who looks at a few of them only, before a newer snapshot takes the place of this one.
   *
   * @throws IllegalArgumentException with a sentence, when the layout is not this node's, or a histogram is missing
   */
  public Snapshot decodeOnDemand() {
    return HistogramCodec.onDemand(this);
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof EncodedSnapshot other && number == other.number && layout.equals(other.layout)
        && counts.equals(other.counts) && outOfRange.equals(other.outOfRange)
        && histograms.keySet().equals(other.histograms.keySet()) && histograms.entrySet().stream()
            .allMatch(entry -> Arrays.equals(entry.getValue(), other.histograms.get(entry.getKey())));
  }

  @Override
  public int hashCode() {
    int bytes = histograms.entrySet().stream()
        .mapToInt(entry -> entry.getKey().hashCode() ^ Arrays.hashCode(entry.getValue())).sum();
    return 31 * (31 * Long.hashCode(number) + counts.hashCode()) + bytes;
  }
}
