package dev.attain.engines;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the tell-tale lines of a log as vLLM writes it. For people to look at while they wait: whether an instance is
 * ready is decided by {@link Readiness}, never by a log.
 */
public final class EngineLog {
  private static final Pattern KV_CACHE = Pattern.compile("KV cache size: (\\d{1,3}(?:,\\d{3})+|\\d{1,18}) tokens");
  private static final List<String> LOADING = List.of("Starting to load model", "Loading weights took",
      "Model loading took", "checkpoint shards");
  private static final List<String> COMPILING = List.of("for vLLM's torch.compile", "torch.compile takes",
      "torch.compile took", "Dynamo bytecode transform", "Compiling a graph", "Cache the graph");
  private static final List<String> CAPTURING = List.of("Capturing CUDA graph", "Graph capturing finished");
  /** As progress bars write it: {@code 16/51 [00:02<00:03, 12.0it/s]}. */
  private static final Pattern STEPS = Pattern.compile("\\b(\\d{1,6})/(\\d{1,6}) \\[");
  private static final List<String> STARTED = List.of("Application startup complete");

  private EngineLog() {}

  /** The state that {@code line} tells of; empty for the many lines that tell of none. */
  public static Optional<EngineState> state(String line) {
    Matcher cache = KV_CACHE.matcher(line);
    if (cache.find()) {
      return Optional.of(new EngineState.KvCache(Long.parseLong(cache.group(1).replace(",", ""))));
    }
    if (STARTED.stream().anyMatch(line::contains)) {
      return Optional.of(new EngineState.ServerStarted());
    }
    if (CAPTURING.stream().anyMatch(line::contains)) {
      return Optional.of(new EngineState.CapturingGraphs(steps(line)));
    }
    if (LOADING.stream().anyMatch(line::contains)) {
      return Optional.of(new EngineState.Loading(steps(line)));
    }
    if (COMPILING.stream().anyMatch(line::contains)) {
      return Optional.of(new EngineState.Compiling());
    }
    return Optional.empty();
  }

  private static Optional<EngineState.Steps> steps(String line) {
    Matcher steps = STEPS.matcher(line);
    return steps.find()
        ? Optional.of(new EngineState.Steps(Integer.parseInt(steps.group(1)), Integer.parseInt(steps.group(2))))
        : Optional.empty();
  }

  /** The state that the last tell-tale line of {@code lines} tells of. */
  public static Optional<EngineState> latest(List<String> lines) {
    return lines.reversed().stream().flatMap(line -> state(line).stream()).findFirst();
  }
}
