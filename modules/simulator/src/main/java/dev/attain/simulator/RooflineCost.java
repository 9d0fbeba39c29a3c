package dev.attain.simulator;

import dev.attain.simulator.CostCoefficients.AllReduce;

/**
 * A first-order cost of a step from FLOPs and bytes, for P parameters, m tokens, s sampled rows, tensor parallel TP:
 *
 * <pre>
 * linear layers   ((2 P m / (TP eC F))^3 + (2 P / (TP eB BW))^3)^(1/3)   compute and weight reads, smoothly the larger
 * head            max(2 h V s / (TP eC F), 2 h V / (TP eB BW))
 * attention       4 pairs Hq d layers / (TP eA(L) F)                     prefill
 * KV reads        max(context kvB / (min(TP, Hkv) eK BW), layers * 13 us) decode
 * element-wise    2 layers m h (6 + 10 / TP) / (0.8 BW)                 norms and activations
 * all-reduce      2 layers (latency + 2 m h / bandwidth)                 only with TP > 1
 * host            t0 + t1 s (+ a constant with prefill)
 * </pre>
 *
 * Attention of a prompt is slower the fewer keys L it sees: eA(L) = eA (1 + 1800 / 4096) / (1 + 1800 / L), where eA is what
 * a prompt of 4,096 tokens reaches. That is within 0.03 of what AIConfigurator's tables have for H100 from 1k to 16k.
 * A mixture of experts computes with the active parameters and reads those of the experts that the tokens touch.
 * Weights of 8 bits are read in half the time; the head stays at 16 bits. How near this is to real engines is what
 * {@link Calibration} prints.
 */
final class RooflineCost implements StepCost {

  private static final double BYTES_PER_NUMBER = 2;
  /** Of the residual stream, by every GPU, and of the feed-forward part, which is shared out. */
  private static final double WHOLE_PASSES = 6;
  private static final double SHARED_PASSES = 10;
  /** 8-bit products reach less of their peak than 16-bit ones. */
  private static final double FP8_SHARE = .8;
  /** Of a pair in a prompt of as many tokens as the coefficient is for. */
  private static final double WORK_AT_4K = 1 + StepShape.HALF_SPEED_TOKENS / 4096;
  private static final double ELEMENT_WISE_EFFICIENCY = 0.8;

  private final ModelShape model;
  private final CostCoefficients coefficients;
  private final HostCost host;
  private final int tensorParallel;
  private final double gemmFlops;
  private final double headFlops;
  private final double attentionFlops;
  private final double weightBytesPerSecond;
  private final double kvBytesPerSecond;
  private final double memoryBytesPerSecond;
  private final AllReduce allReduce;

  RooflineCost(ModelShape model, GpuShape gpu, CostCoefficients coefficients, HostCost host,
      int tensorParallel) {
    this.model = model;
    this.coefficients = coefficients;
    this.host = host;
    this.tensorParallel = tensorParallel;
    this.gemmFlops = tensorParallel * coefficients.gemm()
        * (model.precision().fp8Weights() ? FP8_SHARE * gpu.fp8FlopsPerSecond() : gpu.flopsPerSecond());
    this.headFlops = tensorParallel * coefficients.gemm() * gpu.flopsPerSecond();
    this.attentionFlops = tensorParallel * coefficients.attention() * gpu.flopsPerSecond();
    this.weightBytesPerSecond = tensorParallel * coefficients.weightRead() * gpu.memoryBytesPerSecond();
    this.kvBytesPerSecond = Math.min(tensorParallel, model.kvHeads()) * coefficients.kvRead()
        * gpu.memoryBytesPerSecond();
    this.memoryBytesPerSecond = gpu.memoryBytesPerSecond();
    this.allReduce = coefficients.allReduce(tensorParallel);
  }

  @Override
  public long nanos(StepShape shape) {
    double seconds = linearLayers(shape) + head(shape) + prefillAttention(shape) + kvReads(shape) + elementWise(shape)
        + allReduces(shape) + host.seconds(shape);
    return Math.max(1, Math.round(seconds * 1e9));
  }

  private double linearLayers(StepShape shape) {
    double compute = 2 * model.activeParameters() * shape.newTokens() / gemmFlops;
    double read = model.touchedParameters(shape.newTokens()) * model.precision().weightBytes()
        / weightBytesPerSecond;
    return Math.cbrt(compute * compute * compute + read * read * read);
  }

  private double head(StepShape shape) {
    double weights = (double) model.hidden() * model.vocabulary();
    return Math.max(2 * weights * shape.sampledRows() / headFlops, BYTES_PER_NUMBER * weights / weightBytesPerSecond);
  }

  private double prefillAttention(StepShape shape) {
    return 4 * shape.attentionWork() / WORK_AT_4K * model.queryHeads() * model.headSize() * model.layers()
        / attentionFlops;
  }

  private double kvReads(StepShape shape) {
    if (shape.contextTokens() == 0) {
      return 0;
    }
    return Math.max((double) shape.contextTokens() * model.kvBytesPerToken() / kvBytesPerSecond,
        model.layers() * coefficients.kvLayerSeconds());
  }

  private double elementWise(StepShape shape) {
    return model.layers() * (double) shape.newTokens() * model.hidden() * BYTES_PER_NUMBER
        * (WHOLE_PASSES + SHARED_PASSES / tensorParallel)
        / (ELEMENT_WISE_EFFICIENCY * memoryBytesPerSecond);
  }

  private double allReduces(StepShape shape) {
    if (tensorParallel == 1) {
      return 0;
    }
    double bytes = (double) shape.newTokens() * model.hidden() * BYTES_PER_NUMBER;
    return 2 * model.layers() * (allReduce.latencySeconds() + bytes / allReduce.bytesPerSecond());
  }
}
