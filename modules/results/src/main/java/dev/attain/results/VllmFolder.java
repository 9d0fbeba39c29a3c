package dev.attain.results;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attain.results.Contender.Load;
import dev.attain.results.Contender.Trait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the results of {@code vllm bench serve} that lie in a folder, a file for each rate and repeat. */
final class VllmFolder {
  private static final Pattern NAME = Pattern.compile("vllm-(\\d+(?:\\.\\d+)?)qps.*\\.json");

  private final Path folder;
  private final boolean disaggregated;

  VllmFolder(Path folder, boolean disaggregated) {
    this.folder = folder;
    this.disaggregated = disaggregated;
  }

  Contender read() throws BundleException {
    var repeats = new TreeMap<Double, List<VllmRun>>();
    for (Path file : files()) {
      Matcher name = NAME.matcher(file.getFileName().toString());
      if (name.matches()) {
        repeats.computeIfAbsent(Double.valueOf(name.group(1)), rate -> new ArrayList<>()).add(VllmRun.read(file));
      }
    }
    if (repeats.isEmpty()) {
      throw new BundleException(folder + " has no vllm-<rate>qps-*.json, the files that vllm bench serve"
          + " --save-result --save-detailed writes there for each rate");
    }
    VllmRun first = repeats.firstEntry().getValue().getFirst();
    DeploymentFacts deployment = deployment(first.settings());
    return new Contender(deployment.name(), folder, deployment, traits(first.settings(), deployment), Optional.empty(),
        repeats.entrySet().stream().map(it -> load(it.getKey(), it.getValue())).toList(),
        List.of(
            folder + ": latencies of vllm bench serve count from the instant a request was sent, not from the one it"
                + " was due, unless attain wrote the files"));
  }

  private List<Path> files() throws BundleException {
    if (!Files.isDirectory(folder)) {
      throw new BundleException(folder + " is not a folder with vllm-<rate>qps-*.json files");
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      throw new BundleException(folder + ": cannot be read: " + e, e);
    }
  }

  private static Load load(double rate, List<VllmRun> repeats) {
    // A run that nobody can tell from another one makes the whole rate so.
    boolean known = repeats.stream().noneMatch(it -> it.pairing().isEmpty());
    return new Load(rate,
        known ? repeats.stream().map(VllmRun::pairing).collect(Collectors.joining(" ")) : "",
        repeats.stream().mapToDouble(VllmRun::seconds).sum(),
        RequestTimes.joined(repeats.stream().map(VllmRun::requests).toList()));
  }

  /** As the shell scripts of the field note it beside vLLM's own keys. */
  private DeploymentFacts deployment(JsonNode settings) {
    int prefill = settings.path("num_prefill_instances").asInt(0);
    int decode = settings.path("num_decode_instances").asInt(0);
    if (prefill > 0 && decode > 0) {
      int prefillTensorParallel = settings.path("prefiller_tp_size").asInt(0);
      int decodeTensorParallel = settings.path("decoder_tp_size").asInt(0);
      int gpus = settings.path("num_gpus").asInt(prefill * prefillTensorParallel + decode * decodeTensorParallel);
      return new DeploymentFacts("disaggregated", "disaggregated", gpus, "", 0, 0, prefill, prefillTensorParallel,
          decode, decodeTensorParallel, "");
    }
    if (disaggregated) {
      return new DeploymentFacts("disaggregated", "disaggregated", 0, "", 0, 0, 1, 0, 1, 0, "");
    }
    int instances = Math.max(1, settings.path("num_instances").asInt(1));
    int tensorParallel = settings.path("tensor_parallel_size").asInt(0);
    int gpus = settings.path("num_gpus").asInt(instances * tensorParallel);
    return new DeploymentFacts("colocated", "colocated", gpus, "", instances, tensorParallel, 0, 0, 0, 0, "");
  }

  private static Map<Trait, String> traits(JsonNode settings, DeploymentFacts deployment) {
    var traits = new EnumMap<Trait, String>(Trait.class);
    traits.put(Trait.MODEL, settings.path("model_name").asText(settings.path("model_id").asText("")));
    traits.put(Trait.DATA_SET, settings.path("dataset_name").asText(""));
    traits.put(Trait.ARRIVALS, arrivals(settings));
    traits.put(Trait.SEED, settings.path("seed").asText(""));
    traits.put(Trait.GPUS, deployment.gpus() > 0 ? String.valueOf(deployment.gpus()) : "");
    return traits;
  }

  /** In the words of a manifest where they mean the same. */
  private static String arrivals(JsonNode settings) {
    JsonNode burstiness = settings.path("burstiness");
    if (!burstiness.isNumber()) {
      return "";
    }
    return burstiness.asDouble() == 1 ? "Poisson" : "gamma, burstiness " + burstiness.asText();
  }
}
