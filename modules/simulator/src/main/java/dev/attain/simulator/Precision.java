package dev.attain.simulator;

/**
 * How many bytes a number takes.
 *
 * @param weightBytes
 *          of a parameter in the layers; embeddings and the head always have two
 * @param kvBytes
 *          of a number of keys and values
 */
record Precision(int weightBytes, int kvBytes) {

  static final Precision BF16 = new Precision(2, 2);

  /** Reads the flags of the engine; {@code auto} leaves 16-bit numbers. */
  static Precision from(FlagValues flags) throws SimulatorException {
    return new Precision(bytes(flags, "--quantization"), bytes(flags, "--kv-cache-dtype"));
  }

  boolean fp8Weights() {
    return weightBytes == 1;
  }

  private static int bytes(FlagValues flags, String flag) throws SimulatorException {
    String name = flags.text(flag).orElse("auto");
    return switch (name) {
      case "fp8", "fp8_e4m3" -> 1;
      case "auto", "none", "bfloat16" -> 2;
      default -> throw new SimulatorException(flag + ": \"" + name + "\" is not simulated; fp8 and auto are");
    };
  }
}
