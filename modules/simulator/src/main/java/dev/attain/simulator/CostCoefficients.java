package dev.attain.simulator;

import java.util.List;

/**
 * How much of a GPU's data sheet an engine gets, and what the host adds. Shared by all models on that GPU.
 *
 * @param gemm
 *          share of peak FLOPs in matrix products
 * @param weightRead
 *          share of memory bandwidth when reading weights
 * @param attention
 *          share of peak FLOPs in prefill attention
 * @param kvRead
 *          share of memory bandwidth when decode reads keys and values
 * @param hostSeconds
 *          scheduling, launching and sampling that no GPU work hides, for every step
 * @param hostSecondsPerRow
 *          the same for each sampled row
 * @param prefillHostSeconds
 *          additional for a step with prefill in it, which runs outside the captured graphs
 * @param kvLayerSeconds
 *          least time of decode attention for one layer
 * @param allReduce
 *          for tensor parallel 2, 4 and 8 in this order
 */
record CostCoefficients(double gemm, double weightRead, double attention, double kvRead, double hostSeconds,
    double hostSecondsPerRow, double prefillHostSeconds, double kvLayerSeconds, List<AllReduce> allReduce) {

  /** One all-reduce costs the latency plus its bytes over the algorithm bandwidth. */
  record AllReduce(double latencySeconds, double bytesPerSecond) {}

  CostCoefficients {
    allReduce = List.copyOf(allReduce);
  }

  /** Sizes between the measured ones take the next larger; sizes beyond 8 take that of 8. */
  AllReduce allReduce(int tensorParallel) {
    int index = tensorParallel <= 2 ? 0 : tensorParallel <= 4 ? 1 : 2;
    return allReduce.get(index);
  }
}
