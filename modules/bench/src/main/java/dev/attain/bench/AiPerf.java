package dev.attain.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attain.bench.Contender.Arena;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** NVIDIA's AIPerf: several Python processes around a queue. */
final class AiPerf implements Tool {
  private static final String VERSION = "0.13.0";
  private static final String FILE = "profile_export_aiperf.json";

  @Override
  public String name() {
    return "AIPerf " + VERSION;
  }

  @Override
  public Path fetch(PeerCache cache) throws ContenderException, IOException, InterruptedException {
    return cache.command("aiperf", VERSION, "aiperf");
  }

  @Override
  public List<String> command(Path executable, Load load, Arena arena, Path tokenizer, Path results) {
    // It refuses a tokenizer on disk once it is told, in whatever way, whether there is a hub.
    return List.of("env", "-u", "HF_HUB_OFFLINE", "-u", "TRANSFORMERS_OFFLINE", executable.toString(), "profile",
        "--model", "m", "--url", arena.server().toString(),
        "--endpoint-type", "completions", "--streaming", "--request-rate",
        String.format(Locale.ROOT, "%.3f", load.requestsPerSecond()), "--arrival-pattern", "poisson", "--request-count",
        Integer.toString(load.requests()), "--random-seed", Integer.toString(load.seed()),
        "--synthetic-input-tokens-mean", "32", "--synthetic-input-tokens-stddev", "0", "--output-tokens-mean",
        Integer.toString(arena.truth().tokens()), "--output-tokens-stddev", "0", "--extra-inputs", "ignore_eos:true",
        "--tokenizer", tokenizer.toString(), "--use-server-token-count", "--ui", "none", "--workers-max",
        Integer.toString(Math.max(2, arena.cpuCount())), "--no-gpu-telemetry", "--no-server-metrics", "--artifact-dir",
        results.toString());
  }

  @Override
  public Reading read(Path results) throws ContenderException, IOException {
    JsonNode report = Json.written(results, FILE);
    return new Reading(Json.number(report, "/request_count/avg").longValue(),
        Json.number(report, "/benchmark_duration/avg").doubleValue(), millis(report, "time_to_first_token"),
        millis(report, "inter_chunk_latency"), "");
  }

  private static Reading.Millis millis(JsonNode report, String metric) throws ContenderException {
    return new Reading.Millis(Json.number(report, "/" + metric + "/avg").doubleValue(),
        Json.number(report, "/" + metric + "/p50").doubleValue(),
        Json.number(report, "/" + metric + "/p99").doubleValue());
  }
}
