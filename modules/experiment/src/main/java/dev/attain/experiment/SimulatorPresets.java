package dev.attain.experiment;

import dev.attain.workload.ModelLimits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The models and GPUs that the simulator has figures for: the one list that configurations are checked against. */
public final class SimulatorPresets {
  private static final List<String> GPUS = List.of("a100", "h100", "h200", "b200", "l40s", "rtx4090");
  private static final Map<String, ModelLimits> MODELS = publishedLimits();

  private SimulatorPresets() {}

  public static List<String> gpus() {
    return GPUS;
  }

  public static List<String> models() {
    return List.copyOf(MODELS.keySet());
  }

  /**
   * Context length and vocabulary of a model, in tokens, as its published configuration gives them; empty for an
   * unknown one.
   */
  public static Optional<ModelLimits> limits(String model) {
    return Optional.ofNullable(MODELS.get(model));
  }

  private static Map<String, ModelLimits> publishedLimits() {
    var limits = new LinkedHashMap<String, ModelLimits>();
    limits.put("llama-3.1-8b", new ModelLimits(131_072, 128_256));
    limits.put("llama-3.1-70b", new ModelLimits(131_072, 128_256));
    limits.put("qwen3-0.6b", new ModelLimits(40_960, 151_936));
    limits.put("qwen3-8b", new ModelLimits(40_960, 151_936));
    limits.put("qwen3-32b", new ModelLimits(40_960, 151_936));
    limits.put("qwen3-30b-a3b", new ModelLimits(40_960, 151_936));
    limits.put("opt-13b", new ModelLimits(2_048, 50_272));
    limits.put("opt-66b", new ModelLimits(2_048, 50_272));
    return limits;
  }
}
