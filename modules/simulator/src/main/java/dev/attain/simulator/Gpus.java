package dev.attain.simulator;

import dev.attain.simulator.CostCoefficients.AllReduce;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The GPUs the simulator knows by name.
 *
 * <p>
 * Peak figures are data sheets. The efficiencies of H100, A100 and L40S are fits to NVIDIA AIConfigurator's measured
 * operator tables, those of B200 and RTX 4090 extrapolations.
 */
final class Gpus {

  private static final double GIB = 1L << 30;
  private static final double KV_LAYER = 13e-6;

  private static final List<AllReduce> HOPPER = List.of(new AllReduce(4.3e-6, 180e9), new AllReduce(4.6e-6, 110e9),
      new AllReduce(4.8e-6, 118e9));

  private static final List<GpuShape> KNOWN = List.of(
      new GpuShape("a100", 312e12, 312e12, 2.039e12, 80 * GIB, 300e9, 32e9, 25e9,
          new CostCoefficients(.80, .67, .45, .72, KV_LAYER,
              List.of(new AllReduce(4.9e-6, 90e9), new AllReduce(5.3e-6, 67e9), new AllReduce(5.7e-6, 58e9)))),
      new GpuShape("h100", 989e12, 1979e12, 3.35e12, 80 * GIB, 450e9, 64e9, 50e9,
          new CostCoefficients(.76, .85, .50, .85, KV_LAYER, HOPPER)),
      new GpuShape("h200", 989e12, 1979e12, 4.8e12, 141 * GIB, 450e9, 64e9, 50e9,
          new CostCoefficients(.76, .85, .50, .85, KV_LAYER, HOPPER)),
      new GpuShape("b200", 2250e12, 4500e12, 7.7e12, 180 * GIB, 900e9, 128e9, 100e9,
          new CostCoefficients(.75, .70, .50, .85, KV_LAYER,
              List.of(new AllReduce(4e-6, 280e9), new AllReduce(4.3e-6, 220e9), new AllReduce(4.5e-6, 236e9)))),
      new GpuShape("l40s", 362e12, 733e12, .864e12, 45 * GIB, 0, 32e9, 50e9,
          new CostCoefficients(.70, .78, .45, .75, KV_LAYER,
              List.of(new AllReduce(5.4e-6, 9.6e9), new AllReduce(13.5e-6, 1.2e9), new AllReduce(25e-6, .56e9)))),
      new GpuShape("rtx4090", 165e12, 330e12, 1.008e12, 24 * GIB, 0, 32e9, 0,
          new CostCoefficients(.70, .78, .45, .75, KV_LAYER,
              List.of(new AllReduce(15e-6, 8e9), new AllReduce(20e-6, 2e9), new AllReduce(30e-6, 1e9)))));

  private Gpus() {}

  /** Finds a GPU by name, whatever its case and spaces: {@code H100}, {@code RTX 4090}. */
  static Optional<GpuShape> find(String name) {
    String key = name.toLowerCase(Locale.ROOT).replaceAll("[ _-]", "");
    return KNOWN.stream().filter(gpu -> gpu.name().equals(key)).findFirst();
  }

  static List<String> names() {
    return KNOWN.stream().map(GpuShape::name).toList();
  }
}
