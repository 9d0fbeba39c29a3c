package dev.attain.simulator;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Whose server is imitated: its flags, what its requests may say, its streams, and its metrics. Scheduling is vLLM's for
 * all of them.
 */
enum EngineStyle {
  VLLM, SGLANG, TENSORRT_LLM, LMDEPLOY, TRANSFORMERS;

  static final String FLAG = "--sim-dialect";

  private static final Set<String> FIELDS_OF_TRANSFORMERS = Set.of("model", "prompt", "messages", "max_tokens",
      "stream",
      "temperature", "top_p", "seed", "stop", "frequency_penalty", "presence_penalty", "logit_bias", "suffix",
      "generation_config");

  private static final Map<String, String> FLAGS_OF_SGLANG = Map.of("--model-path", "--model", "--tp-size",
      "--tensor-parallel-size", "--context-length", "--max-model-len", "--max-running-requests", "--max-num-seqs",
      "--chunked-prefill-size", "--max-num-batched-tokens", "--mem-fraction-static", "--gpu-memory-utilization",
      "--page-size", "--block-size", "--disable-radix-cache", "--no-enable-prefix-caching", "--enable-cache-report",
      "--enable-prompt-tokens-details");

  private static final Map<String, String> FLAGS_OF_TENSORRT_LLM = Map.of("--tp-size", "--tensor-parallel-size",
      "--max-seq-len", "--max-model-len", "--max-batch-size", "--max-num-seqs", "--max-num-tokens",
      "--max-num-batched-tokens");

  private static final Map<String, String> FLAGS_OF_LMDEPLOY = Map.of("--model-name", "--served-model-name", "--tp",
      "--tensor-parallel-size", "--server-name", "--host", "--server-port", "--port", "--session-len",
      "--max-model-len", "--max-batch-size", "--max-num-seqs", "--cache-max-entry-count", "--gpu-memory-utilization");

  private static final Map<String, String> FLAGS_OF_TRANSFORMERS = Map.of("--cb-max-batch-tokens",
      "--max-num-batched-tokens", "--cb-block-size", "--block-size");

  /** As on the command line. */
  String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static List<String> wireNames() {
    return Arrays.stream(values()).map(EngineStyle::wireName).toList();
  }

  /** The style that a command line asks for, looked up before its other flags, whose names depend on it. */
  static EngineStyle in(List<String> arguments) throws SimulatorException {
    String wanted = VLLM.wireName();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.startsWith(FLAG + "=")) {
        wanted = argument.substring(FLAG.length() + 1);
      } else if (argument.equals(FLAG) && i + 1 < arguments.size()) {
        wanted = arguments.get(i + 1);
      }
    }
    for (EngineStyle style : values()) {
      if (style.wireName().equals(wanted)) {
        return style;
      }
    }
    throw new SimulatorException(
        FLAG + ": \"" + wanted + "\" is not one of " + String.join(", ", wireNames()));
  }

  /** The simulator's name for a flag of this engine. */
  String flag(String given) {
    Map<String, String> flags = switch (this) {
      case VLLM -> Map.of();
      case SGLANG -> FLAGS_OF_SGLANG;
      case TENSORRT_LLM -> FLAGS_OF_TENSORRT_LLM;
      case LMDEPLOY -> FLAGS_OF_LMDEPLOY;
      case TRANSFORMERS -> FLAGS_OF_TRANSFORMERS;
    };
    return flags.getOrDefault(given, given);
  }

  /** Whether a prompt may be a list of token ids. */
  boolean takesTokenIds() {
    return this != LMDEPLOY && this != TRANSFORMERS;
  }

  /** Whether a request may have a field of that name; most servers ignore what they do not know. */
  boolean takes(String field) {
    return this != TRANSFORMERS || FIELDS_OF_TRANSFORMERS.contains(field);
  }

  /** Whether streams end with an event of their own, and not just with the body. */
  boolean marksTheEnd() {
    return this != TRANSFORMERS;
  }
}
