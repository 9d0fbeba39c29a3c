package dev.attain.engines;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Why an engine ended at its start, read from its log.
 *
 * @param sentence what happened, with the figures of the log, and what to change
 * @param mayPass whether it may go well at the next attempt with nothing changed
 */
record StartFailure(String sentence, boolean mayPass) {
  /** How engines word a cause, and what to say of it. */
  private record Known(Pattern wording, boolean mayPass, Function<MatchResult, String> sentence) {
    Known(String wording, Function<MatchResult, String> sentence) {
      this(Pattern.compile(wording, Pattern.CASE_INSENSITIVE), false, sentence);
    }
  }

  private static final String MEMORY_KEYS = "lower engine.max-model-len or raise engine.gpu-memory-utilization";

  /** The first that is found counts: what runs out of memory for good reason often dies of something else after it. */
  private static final List<Known> ALL = List.of(
      new Known("free memory on device.*?\\(([^()/]+)/([^()]+)\\).*?less than desired GPU memory utilization"
          + " \\(([^,()]+), ([^()]+)\\)",
          found -> ("of the GPU's %s only %s are free, and engine.gpu-memory-utilization %s takes %s; stop what uses the"
              + " GPU, or lower it").formatted(found.group(2), gibibytes(found.group(1)), found.group(3),
                  found.group(4))),
      new Known("max seq len \\((\\d+)\\), \\(?([\\d.]+ Gi?B) KV cache is needed, which is larger than the available KV"
          + " cache memory \\((-?[\\d.]+ Gi?B)\\)(?:.*?estimated maximum model length is (\\d+))?",
          found -> "one request of %s tokens needs %s of KV cache, and there are %s; %s%s".formatted(found.group(1),
              found.group(2), found.group(3), MEMORY_KEYS,
              found.group(4) == null ? "" : " (%s tokens would fit)".formatted(found.group(4)))),
      new Known("max seq len \\((\\d+)\\) is larger than the maximum number of tokens that can be stored in KV cache"
          + " \\((\\d+)\\)",
          found -> "one request may have %s tokens, and the KV cache holds %s; %s".formatted(found.group(1),
              found.group(2), MEMORY_KEYS)),
      new Known("no available memory for the cache blocks",
          found -> "weights and activations leave no memory for a KV cache; raise engine.gpu-memory-utilization or the"
              + " tensor-parallel size, or take a smaller model"),
      new Known("(?:CUDA|HIP|XPU) out of memory\\.(?: Tried to allocate ([\\d.]+ [KMG]i?B))?(?:.*?total capacity of"
          + " ([\\d.]+ [KMG]i?B))?",
          found -> "out of GPU memory%s%s; lower engine.gpu-memory-utilization or engine.max-model-len, or raise the"
              .formatted(found.group(1) == null ? "" : " while asking for " + found.group(1),
                  found.group(2) == null ? "" : " on a GPU of " + found.group(2))
              + " tensor-parallel size"),
      new Known("OutOfMemoryError|CUDA error: out of memory|cudaErrorMemoryAllocation",
          found -> "out of GPU memory; lower engine.gpu-memory-utilization or engine.max-model-len, or raise the"
              + " tensor-parallel size"),
      new Known("attention heads \\((\\d+)\\) must be divisible by tensor parallel size \\((\\d+)\\)",
          found -> "tensor-parallel %s does not divide the %s attention heads of the model; write one that does"
              .formatted(found.group(2), found.group(1))),
      new Known("(?:tensor parallel size|world size) \\((\\d+)\\) (?:cannot be|is) larger than the number of available"
          + " GPUs \\((\\d+)\\)",
          found -> "tensor-parallel %s needs as many GPUs, and the engine sees %s; write a smaller one"
              .formatted(found.group(1), found.group(2))),
      new Known("max_model_len \\((\\d+)\\) is greater than the derived max_model_len \\([^=()]*=(\\d+)",
          found -> "engine.max-model-len %s is more than the %s tokens of the model; lower it".formatted(found.group(1),
              found.group(2))),
      new Known("error: unrecognized arguments: (.+)",
          found -> "this version of the engine does not know the arguments %s; correct engine.options and the"
              .formatted(found.group(1).strip()) + " extra-arguments, or install the version that knows them"),
      new Known("error: (argument .+)",
          found -> "the engine refuses an %s; correct engine.options and the extra-arguments"
              .formatted(found.group(1).strip())),
      new Known("NIXL is not available",
          found -> "NIXL is not installed beside vLLM, and prefill and decode instances need it; install the package"
              + " nixl there"),
      new Known("cannot access gated repo|you are trying to access a gated repo",
          found -> "the hub gives the model only to whom it knows; accept its licence there and export HF_TOKEN where"
              + " the engine's node is started"),
      new Known("(?:'([^']+)'|(\\S+)) is not a local folder and is not a valid model identifier",
          found -> "there is no model %s, neither a folder on the engine's node nor on the hub; correct model.path"
              .formatted(first(found))),
      new Known("invalid repository id or local directory specified: '([^']+)'",
          found -> "there is no model %s, neither a folder on the engine's node nor on the hub; correct model.path"
              .formatted(found.group(1))),
      new Known("repo id must be.*?: '([^']+)'",
          found -> "there is no model %s, neither a folder on the engine's node nor on the hub; correct model.path"
              .formatted(found.group(1))),
      new Known("OSError: (\\S+) does not appear to have a file named (\\S+)",
          found -> "the model %s has no file %s; correct model.path".formatted(found.group(1),
              found.group(2).replaceFirst("\\.$", ""))),
      new Known("we couldn't connect to 'https://huggingface.co'|LocalEntryNotFoundError",
          found -> "the model is not on the engine's node, and the hub cannot be reached from there; name its folder in"
              + " model.path"),
      new Known(Pattern.compile("address already in use", Pattern.CASE_INSENSITIVE), true,
          found -> "a port that was free a moment ago is in use"));

  /** The cause that the lines of a log tell of, the latest attempt's alone; empty when it is none of the known ones. */
  static Optional<StartFailure> in(List<String> lines) {
    for (Known known : ALL) {
      for (String line : lines) {
        var matcher = known.wording().matcher(line);
        if (matcher.find()) {
          return Optional.of(new StartFailure(known.sentence().apply(matcher.toMatchResult()), known.mayPass()));
        }
      }
    }
    return Optional.empty();
  }

  private static String first(MatchResult found) {
    return found.group(1) == null ? found.group(2) : found.group(1);
  }

  /** The log writes the unit once for both: {@code 3.22/4.0 GiB}. */
  private static String gibibytes(String number) {
    return number.strip() + " GiB";
  }
}
