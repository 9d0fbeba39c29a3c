package dev.attain.experiment;

import java.util.Map;
import java.util.Optional;

/**
 * Flags and variables that guides still show and that current versions of vLLM do not know: the flags end its start,
 * the variables do nothing without a word.
 */
final class Withdrawn {
  private static final Map<String, String> FLAGS = Map.of("disable-log-requests",
      "was removed from vLLM, which logs no requests unless asked; leave it out");
  private static final Map<String, String> VARIABLES = Map.of("VLLM_NIXL_ABORT_REQUEST_TIMEOUT",
      "was removed from vLLM and does nothing; write engine.kv-transfer.lease",
      "VLLM_ATTENTION_BACKEND", "was removed from vLLM and does nothing; write engine.options.attention-backend",
      "VLLM_TORCH_PROFILER_DIR",
      "was removed from vLLM and does nothing; write engine.options.\"profiler-config.torch_profiler_dir\"");

  private Withdrawn() {}

  /** What is wrong with a flag, named without its dashes. */
  static Optional<String> flag(String name) {
    return Optional.ofNullable(FLAGS.get(name));
  }

  static Optional<String> variable(String name) {
    return Optional.ofNullable(VARIABLES.get(name));
  }
}
