package dev.attain.simulator;

import dev.attain.simulator.ModelShape.Experts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The models the simulator knows by name; dimensions from their published configurations. */
final class Models {

  private static final List<ModelShape> KNOWN = List.of(
      dense("llama-3.1-8b", 32, 4096, 32, 8, 128, 128_256, 6.98e9, 8.03e9, 131_072),
      dense("llama-3.1-70b", 80, 8192, 64, 8, 128, 128_256, 68.45e9, 70.6e9, 131_072),
      dense("qwen3-0.6b", 28, 1024, 16, 8, 128, 151_936, 0.44e9, 0.60e9, 40_960),
      dense("qwen3-8b", 36, 4096, 32, 8, 128, 151_936, 6.95e9, 8.19e9, 40_960),
      dense("qwen3-32b", 64, 5120, 64, 8, 128, 151_936, 31.2e9, 32.8e9, 40_960),
      new ModelShape("qwen3-30b-a3b", 48, 2048, 32, 4, 128, 151_936, 0.91e9, new Experts(128, 8, 28.99e9), 30.5e9,
          40_960, Precision.BF16),
      dense("opt-13b", 40, 5120, 40, 40, 128, 50_272, 12.58e9, 12.9e9, 2048),
      dense("opt-66b", 64, 9216, 72, 72, 128, 50_272, 65.2e9, 65.7e9, 2048));

  private Models() {}

  /**
   * Finds a model by short name or by repository name: {@code llama-3.1-8b} and
   * {@code meta-llama/Llama-3.1-8B-Instruct} are the same model.
   */
  static Optional<ModelShape> find(String name) {
    String key = shortName(name);
    return KNOWN.stream().filter(model -> model.name().equals(key)).findFirst();
  }

  static List<String> names() {
    return KNOWN.stream().map(ModelShape::name).toList();
  }

  private static String shortName(String name) {
    String last = name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    return last.replaceFirst("^meta-", "").replaceFirst("-(instruct|chat|base)$", "").replaceFirst("^llama-3-",
        "llama-3.1-");
  }

  private static ModelShape dense(String name, int layers, int hidden, int queryHeads, int kvHeads, int headSize,
      int vocabulary, double layerParameters, double totalParameters, int contextTokens) {
    return new ModelShape(name, layers, hidden, queryHeads, kvHeads, headSize, vocabulary, layerParameters,
        Experts.NONE, totalParameters, contextTokens, Precision.BF16);
  }
}
