package dev.attain.simulator;

/**
 * What one GPU can do, from its data sheet, and how much of it an engine gets.
 *
 * @param fp8FlopsPerSecond
 *          of 8-bit matrix products; that of 16 bits where the GPU only stores 8-bit weights
 * @param nvlinkBytesPerSecond
 *          to the other GPUs of its host, one direction; 0 where there is none
 * @param nicBytesPerSecond
 *          to other hosts, for one GPU; 0 where none is usual
 */
record GpuShape(String name, double flopsPerSecond, double fp8FlopsPerSecond, double memoryBytesPerSecond,
    double memoryBytes,
    double nvlinkBytesPerSecond, double pcieBytesPerSecond, double nicBytesPerSecond, CostCoefficients coefficients) {

  private static final double LARGE_BYTES = 70.0 * (1L << 30);

  /** vLLM's rule for larger scheduler defaults: at least 70 GiB, and not an A100. */
  boolean large() {
    return memoryBytes >= LARGE_BYTES && !"a100".equals(name);
  }

}
