package dev.attain.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attain.bench.Contender.Arena;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code vllm bench serve}: the client in Rust and the one in Python take the same flags and write the same file. */
abstract sealed class VllmBench implements Tool permits VllmRust, VllmPython {
  private static final String FILE = "result.json";

  @Override
  public List<String> command(Path executable, Load load, Arena arena, Path tokenizer, Path results) {
    var command = new ArrayList<String>(List.of(executable.toString(), "bench", "serve", "--backend", "openai",
        "--base-url", arena.server().toString(), "--endpoint", "/v1/completions", "--model", "m", "--tokenizer",
        tokenizer.toString(), "--dataset-name", "random", "--random-input-len", "32", "--random-output-len",
        Integer.toString(arena.truth().tokens()), "--num-prompts", Integer.toString(load.requests()),
        "--request-rate", String.format(Locale.ROOT, "%.3f", load.requestsPerSecond()), "--seed",
        Integer.toString(load.seed()), "--ignore-eos", "--disable-tqdm", "--percentile-metrics", "ttft,tpot,itl,e2el",
        "--metric-percentiles", "50,99", "--save-result", "--save-detailed", "--result-dir", results.toString(),
        "--result-filename", FILE));
    command.addAll(further());
    return command;
  }

  /** Flags that only one of the two has. */
  abstract List<String> further();

  @Override
  public Map<String, String> environment() {
    return Map.of("HF_HUB_OFFLINE", "1", "TRANSFORMERS_OFFLINE", "1", "VLLM_NO_USAGE_STATS", "1", "DO_NOT_TRACK", "1");
  }

  @Override
  public Reading read(Path results) throws ContenderException, IOException {
    JsonNode result = Json.written(results, FILE);
    return new Reading(Json.number(result, "/completed").longValue(), Json.number(result, "/duration").doubleValue(),
        millis(result, "ttft"), millis(result, "itl"), "");
  }

  private static Reading.Millis millis(JsonNode result, String metric) throws ContenderException {
    return new Reading.Millis(Json.number(result, "/mean_" + metric + "_ms").doubleValue(),
        Json.number(result, "/median_" + metric + "_ms").doubleValue(),
        Json.number(result, "/p99_" + metric + "_ms").doubleValue());
  }
}
