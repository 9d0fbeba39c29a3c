package dev.attain.simulator;

import java.util.List;

/**
 * How much of a GPU's data sheet an engine gets. Shared by all models on that GPU.
 *
 * @param gemm
 *          share of peak FLOPs in matrix products
 * @param weightRead
 *          share of memory bandwidth when reading weights
 * @param attention
 *          share of peak FLOPs in attention of a prompt of 4,096 tokens; shorter ones reach less
 * @param kvRead
 *          share of memory bandwidth when decode reads keys and values
 * @param kvLayerSeconds
 *          least time of decode attention for one layer
 * @param allReduce
 *          for tensor parallel 2, 4 and 8 in this order
 */
record CostCoefficients(double gemm, double weightRead, double attention, double kvRead,
    double kvLayerSeconds, List<AllReduce> allReduce) {

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
