package dev.attain.results;

import java.util.List;
import java.util.Optional;

/**
 * What a search for the highest load has found so far, written as {@code find-rate.json}: component names are the names in
 * the file. The points of its probes are points of the bundle like any other.
 *
 * @param loop open: loads are requests per second; closed: users
 * @param start the load that was measured first
 * @param lowest no load below it is measured
 * @param highest no load above it is measured
 * @param resolution relative distance of neighbouring loads at which a search ends
 * @param segmentRequests requests of one segment of a probe
 * @param mostSegments of one probe
 * @param mostRequests of one deployment's search; empty for no limit
 * @param mostSeconds likewise
 * @param deployments in the order in which they are measured
 */
public record FoundLoads(int schemaVersion, LoopKind loop, Objectives objectives, double start, double lowest,
    double highest, double resolution, long segmentRequests, int mostSegments, Optional<Long> mostRequests,
    Optional<Double> mostSeconds, List<FoundLoad> deployments) {

  /** Copies the list. */
  public FoundLoads {
    deployments = List.copyOf(deployments);
  }
}
