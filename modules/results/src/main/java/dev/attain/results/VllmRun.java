package dev.attain.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * One file of {@code vllm bench serve --save-detailed}.
 *
 * @param settings all its keys
 * @param pairing equal for runs of the same requests; empty without a seed
 * @param seconds that it took
 */
record VllmRun(JsonNode settings, String pairing, double seconds, RequestTimes requests) {

  static VllmRun read(Path file) throws BundleException {
    JsonNode json;
    try {
      json = Json.MAPPER.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw new BundleException(file + " is not whole JSON: " + e.getOriginalMessage().replaceAll("\\s+", " "), e);
    } catch (IOException e) {
      throw new BundleException(file + ": cannot be read: " + e, e);
    }
    if (json == null || !json.isObject()) {
      throw new BundleException(file + " is not a result of vllm bench serve: it is not one JSON object");
    }
    return new Reading(file, json).run();
  }

  /** The file while it is read, for its sentences. */
  private record Reading(Path file, JsonNode json) {
    VllmRun run() throws BundleException {
      double[] ttft = numbers("ttfts");
      if (ttft.length == 0) {
        throw new BundleException(file + " has no ttfts: attainment needs single requests, which vllm bench serve"
            + " writes with --save-detailed");
      }
      int[] tokens = Arrays.stream(numbers("output_lens")).mapToInt(it -> (int) it).toArray();
      double[] tpot = tpots(ttft, tokens);
      var requests = new RequestTimes(new double[ttft.length], new double[ttft.length]);
      for (int request = 0; request < ttft.length; request++) {
        boolean completed = completed(request, ttft[request], tokens);
        requests.ttft()[request] = completed ? ttft[request] : RequestTimes.NEVER;
        requests.tpot()[request] = completed ? tpot[request] : RequestTimes.NEVER;
      }
      return new VllmRun(json, pairing(), json.path("duration").asDouble(0), requests);
    }

    /** Seconds for each token after the first, from the file or, as that program does it, from all gaps together. */
    private double[] tpots(double[] ttft, int[] tokens) throws BundleException {
      if (tokens.length != ttft.length) {
        throw new BundleException(file + " has " + ttft.length + " ttfts but " + tokens.length
            + " output_lens; each request needs one of both");
      }
      double[] tpots = numbers("tpots");
      if (tpots.length == ttft.length) {
        return tpots;
      }
      JsonNode itls = json.path("itls");
      if (itls.size() != ttft.length) {
        throw new BundleException(file + " has " + ttft.length + " ttfts but " + itls.size() + " itls and "
            + tpots.length + " tpots; each request needs one of them");
      }
      double[] averages = new double[ttft.length];
      for (int request = 0; request < ttft.length; request++) {
        double sum = 0;
        for (JsonNode gap : itls.get(request)) {
          sum += gap.asDouble();
        }
        averages[request] = sum / Math.max(1, tokens[request] - 1);
      }
      return averages;
    }

    private boolean completed(int request, double ttft, int[] tokens) {
      // That program writes 0 for a request that failed, and attain a time beyond all objectives.
      return ttft > 0 && ttft < RequestColumns.MISSED && tokens[request] > 0
          && json.path("errors").path(request).asText("").isEmpty();
    }

    private String pairing() {
      if (!json.path("seed").isNumber()) {
        return "";
      }
      return "seed " + json.path("seed").asText() + ", prompts " + Arrays.hashCode(numbersOrNone("input_lens"));
    }

    private double[] numbersOrNone(String key) {
      JsonNode array = json.path(key);
      return IntStream.range(0, array.size()).mapToDouble(it -> array.get(it).asDouble()).toArray();
    }

    private double[] numbers(String key) throws BundleException {
      for (JsonNode value : json.path(key)) {
        if (!value.isNumber()) {
          throw new BundleException(file + ": " + key + " has " + value + " where a number belongs");
        }
      }
      return numbersOrNone(key);
    }
  }
}
