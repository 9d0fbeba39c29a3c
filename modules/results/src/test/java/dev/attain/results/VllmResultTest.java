package dev.attain.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VllmResultTest {
  /** Every key of a result of {@code vllm bench serve --save-detailed}, version 0.33. */
  private static final String[] KEYS = {"date", "endpoint_type", "backend", "label", "model_id", "tokenizer_id",
      "num_prompts", "max_model_len", "request_rate", "burstiness", "max_concurrency", "duration", "completed",
      "failed", "total_input_tokens", "total_output_tokens", "request_throughput", "request_goodput",
      "input_throughput", "output_throughput", "total_token_throughput", "max_output_tokens_per_s",
      "max_concurrent_requests", "rtfx", "input_lens", "output_lens", "ttfts", "itls", "generated_texts", "errors",
      "latencies", "start_times", "queue_times", "mean_ttft_ms", "median_ttft_ms", "std_ttft_ms", "p50_ttft_ms",
      "p90_ttft_ms",
      "p99_ttft_ms", "mean_tpot_ms", "median_tpot_ms", "std_tpot_ms", "p50_tpot_ms", "p90_tpot_ms", "p99_tpot_ms",
      "mean_itl_ms", "median_itl_ms", "std_itl_ms", "p50_itl_ms", "p90_itl_ms", "p99_itl_ms", "mean_e2el_ms",
      "median_e2el_ms", "std_e2el_ms", "p50_e2el_ms", "p90_e2el_ms", "p99_e2el_ms", "steady_state"};

  @TempDir
  Path folder;
  private JsonNode colocated;
  private JsonNode disaggregated;

  @BeforeEach
  void writeBundle() throws Exception {
    Path bundle = SampleRun.write(folder.resolve("results"), SampleRun.twoDeployments(folder));
    colocated = Json.MAPPER.readTree(bundle.resolve("colocated/vllm-2.5qps-1.json").toFile());
    disaggregated = Json.MAPPER.readTree(bundle.resolve("disaggregated/vllm-8qps-1.json").toFile());
  }

  @Test
  void everyKeyOfTheOtherProgramIsThere() {
    assertThat(colocated.fieldNames()).toIterable().contains(KEYS);
  }

  @Test
  void theDeploymentIsDescribedInTheKeysThatPlottingScriptsRead() {
    assertThat(colocated.get("deployment_mode").asText()).isEqualTo("simple");
    assertThat(colocated.get("tensor_parallel_size").asInt()).isEqualTo(1);
    assertThat(disaggregated.get("deployment_mode").asText()).isEqualTo("nixl");
    assertThat(disaggregated.get("num_prefill_instances").asInt()).isEqualTo(1);
    assertThat(disaggregated.get("num_decode_instances").asInt()).isEqualTo(1);
    assertThat(disaggregated.get("model_name").asText()).isEqualTo("llama-3.1-8b");
    assertThat(disaggregated.get("dataset_name").asText()).isEqualTo("synthetic");
  }

  @Test
  void everyPlannedRequestHasItsPlaceAndAFailedOneMissesEveryObjective() {
    for (String column : new String[]{"ttfts", "tpots", "latencies", "errors", "itls", "input_lens", "start_times"}) {
      assertThat(colocated.get(column)).as(column).hasSize(40);
    }
    assertThat(colocated.get("ttfts").get(0).asDouble()).isEqualTo(0.06);
    assertThat(colocated.get("tpots").get(0).asDouble()).isEqualTo(0.01);
    assertThat(colocated.get("errors").get(0).asText()).isEmpty();
    assertThat(colocated.get("ttfts").get(9).asDouble()).isEqualTo(1e9);
    assertThat(colocated.get("errors").get(9).asText()).startsWith("FAILED: HTTP 500");
    assertThat(colocated.get("failed").asInt()).isEqualTo(4);
  }

  @Test
  void aClosedLoopHasAConcurrencyInPlaceOfARateAndAFileNameOfItsOwn() throws Exception {
    Path bundle = SampleRun.write(folder.resolve("closed"), SampleRun.closedLoop(folder));
    JsonNode closed = Json.MAPPER.readTree(bundle.resolve("vllm-concurrency2-1.json").toFile());

    assertThat(closed.fieldNames()).toIterable().contains(KEYS);
    assertThat(closed.get("max_concurrency").asInt()).isEqualTo(2);
    assertThat(closed.get("request_rate").asText()).isEqualTo("inf");
    assertThat(closed.get("burstiness").isNull()).isTrue();
    assertThat(colocated.get("max_concurrency").isNull()).as("of an open loop").isTrue();
  }

  /** Fast users of a closed loop have had more requests than slow ones, so that some indices are missing. */
  @Test
  void indicesWithGapsStillGiveEachRequestItsPlace() throws Exception {
    Path file = folder.resolve("requests.jsonl.gz");
    try (RequestFile out = RequestFile.create(file)) {
      for (int index : new int[]{8, 0, 1, 2, 4, 6}) {
        out.append(SampleRun.onNode("load-1", List.of(SampleRun.completed(index))));
      }
    }
    RequestColumns columns = RequestColumns.read(file, 7);
    assertThat(columns.errors).containsExactly("", "", "", "", "", "", "LOST");
    assertThat(columns.intended[5]).isCloseTo(0.8, within(1e-6));
  }

  @Test
  void totalsAndMillisecondsAgreeWithTheRecords() {
    assertThat(colocated.get("total_output_tokens").asInt()).isEqualTo(36 * 11);
    assertThat(colocated.get("total_input_tokens").asInt()).isEqualTo(36 * 32);
    assertThat(colocated.get("median_ttft_ms").asDouble()).isCloseTo(60, within(0.1));
    assertThat(colocated.get("mean_itl_ms").asDouble()).isCloseTo(10, within(0.02));
    assertThat(colocated.get("mean_itl_per_token_ms").asDouble()).isCloseTo(10, within(0.02));
    // Ten requests a second of 11 tokens; those that fall across the second's end lend tokens to the next one.
    assertThat(colocated.get("max_output_tokens_per_s").asDouble()).isCloseTo(105, within(11.0));
    assertThat(colocated.get("max_concurrent_requests").asInt()).isBetween(10, 12);
    assertThat(colocated.get("date").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
  }
}
