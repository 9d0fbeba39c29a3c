package dev.attain.results;

import java.util.List;

/**
 * What one instance said of its work during a point. A look that failed leaves a gap.
 *
 * @param role {@code colocated}, {@code prefill} or {@code decode}
 */
public record InstanceSamples(String instance, String role, String url, List<ServerSample> samples) {
  /** Copies the list. */
  public InstanceSamples {
    samples = List.copyOf(samples);
  }
}
