package dev.attain.engines;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * TensorRT-LLM's statistics of its iterations: a JSON array of those since somebody last asked, the newest at the end;
 * empty when there was none, or when the engine keeps no statistics ({@code enable_iter_perf_stats}), which says nothing.
 */
record IterationStats() implements MetricNames {
  private static final JsonMapper JSON = new JsonMapper();

  @Override
  public Optional<EnginePage> read(String page) {
    if (!page.stripLeading().startsWith("[")) {
      return Optional.empty();
    }
    try {
      JsonNode iterations = JSON.readTree(page);
      JsonNode newest = iterations.path(iterations.size() - 1);
      return iterations.isEmpty() || newest.has("numActiveRequests")
          ? Optional.of(new EnginePage(sample(newest), Map.of()))
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static EngineSample sample(JsonNode iteration) {
    JsonNode kvCache = iteration.path("kvCacheStats");
    double blocks = kvCache.path("maxNumBlocks").asDouble();
    OptionalDouble none = OptionalDouble.empty();
    return new EngineSample(number(iteration, "numActiveRequests"), number(iteration, "numQueuedRequests"),
        blocks > 0 ? OptionalDouble.of(kvCache.path("usedNumBlocks").asDouble() / blocks) : none, none, none, none,
        none, none);
  }

  private static OptionalDouble number(JsonNode node, String name) {
    return node.path(name).isNumber() ? OptionalDouble.of(node.path(name).asDouble()) : OptionalDouble.empty();
  }
}
