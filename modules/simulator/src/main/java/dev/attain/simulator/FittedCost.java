package dev.attain.simulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A step's time from coefficients that were fitted to measurements of one model on one deployment's GPUs, in place of
 * {@link RooflineCost} and its host times. The form is that of DistServe's simulator, in milliseconds:
 *
 * <pre>
 * prefill   a + b sum(length) + c sum(length^2)
 * decode    a + b sum(context) + c sequences      with coefficients of its own from 95 sequences on
 * </pre>
 *
 * A chunk of a prompt counts with the part of length^2 that it computes, so that chunks add up to their prompt. A step of
 * both kinds pays the larger of the two constants, because weights are read and kernels are started once, and the other
 * terms of each.
 */
record FittedCost(Coefficients prefill, Coefficients decode, Coefficients largeDecode) implements StepCost {

  static final String FLAG = "--sim-step-abc";
  static final String VALUE = "PREFILL/DECODE[/DECODE-FROM-95-SEQUENCES]";

  private static final int LARGE_SEQUENCES = 95;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final String EXAMPLE = "18.1,0.1019,7.12e-6/19.93,6.27e-4,0.0385";

  /** They have no say where a fit tells the whole time. */
  private static final List<String> REPLACED = List.of("--sim-gemm-efficiency", "--sim-weight-read-efficiency",
      "--sim-attention-efficiency", "--sim-kv-read-efficiency", "--sim-kv-layer-us", "--sim-all-reduce-us",
      "--sim-all-reduce-gbps", "--sim-host-ms", "--sim-host-us-per-row", "--sim-prefill-host-ms");

  /** In milliseconds, milliseconds per token, and milliseconds per square token (prefill) or sequence (decode). */
  record Coefficients(double a, double b, double c) {}

  /**
   * What the flags ask for; empty when they leave it to the model of costs.
   *
   * @throws SimulatorException
   *           when it cannot be read, or comes together with a flag that it makes void
   */
  static Optional<StepCost> from(FlagValues flags) throws SimulatorException {
    Optional<String> text = flags.text(FLAG);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> idle = REPLACED.stream().filter(flags::has).findFirst();
    if (idle.isPresent()) {
      throw new SimulatorException(
          idle.get() + " has no effect beside " + FLAG + ", which gives the whole time of a step; leave one out");
    }
    List<Coefficients> fits = new ArrayList<>();
    for (String fit : text.get().split("/", -1)) {
      fits.add(coefficients(fit, text.get()));
    }
    if (fits.size() != 2 && fits.size() != 3) {
      throw unreadable(text.get());
    }
    return Optional.of(new FittedCost(fits.get(0), fits.get(1), fits.getLast()));
  }

  private static Coefficients coefficients(String fit, String text) throws SimulatorException {
    try {
      double[] numbers = Arrays.stream(fit.split(",", -1)).mapToDouble(Double::parseDouble).toArray();
      if (numbers.length == 3 && Arrays.stream(numbers).allMatch(each -> each >= 0 && each <= 1e6)) {
        return new Coefficients(numbers[0], numbers[1], numbers[2]);
      }
    } catch (NumberFormatException e) {
      // The sentence below says what would be right.
    }
    throw unreadable(text);
  }

  private static SimulatorException unreadable(String text) {
    return new SimulatorException(FLAG + ": \"" + text + "\" is not " + VALUE
        + ", each three numbers A,B,C that are not negative, such as " + EXAMPLE);
  }

  @Override
  public long nanos(StepShape shape) {
    int sequences = shape.newTokens() - shape.prefillTokens();
    double millis = 0;
    double constant = 0;
    if (shape.prefillTokens() > 0) {
      constant = prefill.a();
      millis += prefill.b() * shape.prefillTokens() + prefill.c() * 2 * shape.attentionPairs();
    }
    if (sequences > 0) {
      Coefficients fit = sequences < LARGE_SEQUENCES ? decode : largeDecode;
      constant = Math.max(constant, fit.a());
      millis += fit.b() * shape.contextTokens() + fit.c() * sequences;
    }
    return Math.max(1, Math.round((constant + millis) * NANOS_PER_MILLI));
  }
}
