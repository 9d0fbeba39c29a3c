package dev.attain.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attain.bench.Contender.Arena;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** GuideLLM: Python worker processes. */
final class GuideLlm implements Tool {
  private static final String VERSION = "0.8.1";
  private static final String FILE = "result.json";

  @Override
  public String name() {
    return "GuideLLM " + VERSION;
  }

  @Override
  public Path fetch(PeerCache cache) throws ContenderException, IOException, InterruptedException {
    return cache.command("guidellm", VERSION, "guidellm");
  }

  @Override
  public List<String> command(Path executable, Load load, Arena arena, Path tokenizer, Path results) {
    return List.of(executable.toString(), "run", "--backend",
        "kind=openai_http,model=m,request_format=/v1/completions,target=" + arena.server(), "--profile",
        String.format(Locale.ROOT, "kind=poisson,rate=%.3f", load.requestsPerSecond()), "--constraint",
        "kind=max_requests,count=" + load.requests(), "--data",
        "kind=synthetic_text,prompt_tokens=32,output_tokens=" + arena.truth().tokens(), "--tokenizer",
        "kind=huggingface_auto,model=" + tokenizer, "--output", "kind=json,path=" + results.resolve(FILE));
  }

  @Override
  public Map<String, String> environment() {
    return Map.of("HF_HUB_OFFLINE", "1", "TRANSFORMERS_OFFLINE", "1");
  }

  @Override
  public Reading read(Path results) throws ContenderException, IOException {
    JsonNode report = Json.written(results, FILE).at("/benchmarks/0");
    return new Reading(Json.number(report, "/metrics/request_totals/successful").longValue(),
        Json.number(report, "/duration").doubleValue(), millis(report, "time_to_first_token_ms"),
        millis(report, "inter_token_latency_ms"), "ITL is a mean of each request, not its gaps");
  }

  private static Reading.Millis millis(JsonNode report, String metric) throws ContenderException {
    String successful = "/metrics/" + metric + "/successful/";
    return new Reading.Millis(Json.number(report, successful + "mean").doubleValue(),
        Json.number(report, successful + "median").doubleValue(),
        Json.number(report, successful + "percentiles/p99").doubleValue());
  }
}
