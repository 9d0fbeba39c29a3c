package dev.attain.results;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.attain.experiment.Dialect;
import dev.attain.experiment.Experiment;
import dev.attain.experiment.Load;
import dev.attain.experiment.Loop;
import dev.attain.measurement.Latencies;
import dev.attain.measurement.LatencyMetric;
import dev.attain.measurement.Percentiles;
import dev.attain.schedule.ArrivalProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.OptionalInt;

/**
 * A point in the keys of {@code vllm bench serve}'s result (0.32 in Python, 0.33 in Rust), for the tools that read those files. What differs
 * from a file of that program, and why, stands in the package's page.
 */
final class VllmResult {
  private static final double MILLIS = 1e3;
  private static final double MICROS_PER_MILLI = 1e3;

  private final Experiment experiment;
  private final DeploymentFacts deployment;
  private final String model;
  private final PointSummary point;
  private final Latencies latencies;
  private final RequestColumns requests;

  VllmResult(Experiment experiment, DeploymentFacts deployment, String model, PointSummary point, Latencies latencies,
      RequestColumns requests) {
    this.experiment = experiment;
    this.deployment = deployment;
    this.model = model;
    this.point = point;
    this.latencies = latencies;
    this.requests = requests;
  }

  /** {@code vllm-4qps-1.json}, {@code vllm-2.5qps-3.json}, {@code vllm-concurrency64-1.json}. */
  static String fileName(PointSummary point) {
    Load load = point.concurrency().<Load>map(Load.Concurrency::new)
        .orElseGet(() -> new Load.Rate(point.rate().orElseThrow()));
    return "vllm-" + load.label() + "-" + point.repeat() + ".json";
  }

  void writeTo(OutputStream out, Instant now) throws IOException {
    try (JsonGenerator json = Json.MAPPER.getFactory().createGenerator(out)) {
      json.writeStartObject();
      writeSettings(json, now);
      writeTotals(json);
      writeRequests(json);
      writeLatency(json, "ttft", point.ttft(), LatencyMetric.TTFT);
      writeLatency(json, "tpot", point.tpot(), LatencyMetric.TPOT);
      writeLatency(json, "itl", point.itl(), LatencyMetric.ITL);
      writeLatency(json, "itl_per_token", point.itlPerToken(), LatencyMetric.ITL_PER_TOKEN);
      writeLatency(json, "e2el", point.e2e(), LatencyMetric.E2E);
      json.writeNullField("steady_state");
      json.writeEndObject();
    }
  }

  private void writeSettings(JsonGenerator json, Instant now) throws IOException {
    boolean chat = experiment.requests().dialect() == Dialect.CHAT;
    json.writeStringField("date",
        DateTimeFormatter.ISO_INSTANT.format(now.truncatedTo(ChronoUnit.SECONDS).atZone(ZoneOffset.UTC)));
    json.writeStringField("endpoint_type", chat ? "openai-chat" : "openai");
    json.writeStringField("backend", chat ? "openai-chat" : "openai");
    json.writeStringField("label", deployment.name());
    json.writeStringField("model_id", model);
    json.writeStringField("tokenizer_id", model);
    json.writeNumberField("num_prompts", point.planned());
    json.writeNumberField("max_model_len", experiment.model().limits().contextTokens());
    json.writeStringField("model_name", model);
    json.writeStringField("dataset_name", experiment.dataset());
    json.writeStringField("deployment_mode", deployment.disaggregated() ? "nixl" : "simple");
    json.writeNumberField("num_instances", deployment.instances());
    json.writeNumberField("num_prefill_instances", deployment.prefillInstances());
    json.writeNumberField("num_decode_instances", deployment.decodeInstances());
    json.writeNumberField("tensor_parallel_size", deployment.tensorParallel());
    json.writeNumberField("prefiller_tp_size", deployment.prefillTensorParallel());
    json.writeNumberField("decoder_tp_size", deployment.decodeTensorParallel());
    json.writeNumberField("num_gpus", deployment.gpus());
    json.writeNumberField("seed", point.seed());
    if (point.rate().isPresent()) {
      json.writeNumberField("request_rate", point.rate().get());
    } else {
      // As that program writes a rate without bound, which is how it runs with nothing but a concurrency.
      json.writeStringField("request_rate", "inf");
    }
    writeBurstiness(json);
    writeMaxConcurrency(json);
  }

  /** That program lets no more than so many be open at once, as a closed loop and a limit in flight do. */
  private void writeMaxConcurrency(JsonGenerator json) throws IOException {
    OptionalInt limit = experiment.load().loop() instanceof Loop.Open open
        ? open.maxInFlight()
        : OptionalInt.of(point.concurrency().orElseThrow());
    if (limit.isPresent()) {
      json.writeNumberField("max_concurrency", limit.getAsInt());
    } else {
      json.writeNullField("max_concurrency");
    }
  }

  private void writeBurstiness(JsonGenerator json) throws IOException {
    switch (experiment.arrivals()) {
      case ArrivalProcess ignored when point.loop() == LoopKind.CLOSED -> json.writeNullField("burstiness");
      case ArrivalProcess.Poisson poisson -> json.writeNumberField("burstiness", 1.0);
      case ArrivalProcess.Gamma gamma -> json.writeNumberField("burstiness", gamma.burstiness());
      default -> json.writeNullField("burstiness");
    }
  }

  private void writeTotals(JsonGenerator json) throws IOException {
    double seconds = point.durationSeconds();
    double outputRate = point.throughput().outputTokens();
    double totalRate = point.throughput().totalTokens();
    json.writeNumberField("duration", seconds);
    json.writeNumberField("completed", point.completed());
    json.writeNumberField("failed", point.planned() - point.completed());
    json.writeNumberField("total_input_tokens", Math.round((totalRate - outputRate) * seconds));
    json.writeNumberField("total_output_tokens", Math.round(outputRate * seconds));
    json.writeNumberField("request_throughput", point.throughput().requests());
    // vLLM divides by the whole duration, unlike our goodput.
    json.writeNumberField("request_goodput",
        seconds > 0 ? point.attainment().both() * point.planned() / seconds : 0);
    json.writeNumberField("input_throughput", totalRate - outputRate);
    json.writeNumberField("output_throughput", outputRate);
    json.writeNumberField("total_token_throughput", totalRate);
    json.writeNumberField("max_output_tokens_per_s", requests.maxOutputTokensPerSecond());
    json.writeNumberField("max_concurrent_requests", requests.maxConcurrentRequests());
    json.writeNumberField("rtfx", 0.0);
  }

  private void writeRequests(JsonGenerator json) throws IOException {
    writeInts(json, "input_lens", requests.inputTokens);
    writeInts(json, "output_lens", requests.outputTokens);
    writeDoubles(json, "ttfts", requests.ttft);
    writeDoubles(json, "tpots", requests.tpot);
    json.writeArrayFieldStart("itls");
    for (int index = 0; index < requests.ttft.length; index++) {
      json.writeStartArray();
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("generated_texts");
    for (int index = 0; index < requests.ttft.length; index++) {
      json.writeString("");
    }
    json.writeEndArray();
    json.writeArrayFieldStart("errors");
    for (String error : requests.errors) {
      json.writeString(error);
    }
    json.writeEndArray();
    writeDoubles(json, "latencies", requests.e2e);
    writeDoubles(json, "start_times", requests.intended);
    writeDoubles(json, "queue_times", requests.wait);
  }

  private void writeLatency(JsonGenerator json, String key, Percentiles seconds, LatencyMetric metric)
      throws IOException {
    double deviation = seconds.count() == 0 ? 0 : latencies.of(metric).getStdDeviation() / MICROS_PER_MILLI;
    json.writeNumberField("mean_" + key + "_ms", seconds.mean() * MILLIS);
    json.writeNumberField("median_" + key + "_ms", seconds.p50() * MILLIS);
    json.writeNumberField("std_" + key + "_ms", deviation);
    json.writeNumberField("p50_" + key + "_ms", seconds.p50() * MILLIS);
    json.writeNumberField("p90_" + key + "_ms", seconds.p90() * MILLIS);
    json.writeNumberField("p95_" + key + "_ms", seconds.p95() * MILLIS);
    json.writeNumberField("p99_" + key + "_ms", seconds.p99() * MILLIS);
  }

  private static void writeInts(JsonGenerator json, String name, int[] values) throws IOException {
    json.writeFieldName(name);
    json.writeArray(values, 0, values.length);
  }

  private static void writeDoubles(JsonGenerator json, String name, double[] values) throws IOException {
    json.writeFieldName(name);
    json.writeArray(values, 0, values.length);
  }
}
