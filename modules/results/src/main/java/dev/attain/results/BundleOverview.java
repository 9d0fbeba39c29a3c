package dev.attain.results;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attain.measurement.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A bundle seen from outside, for a list of many: what its manifest says, and what lies in its folder.
 *
 * @param startedAt of a bundle that cannot be read, when its folder was last changed
 * @param dataset empty, like {@code name} and {@code model}, when the bundle cannot be read
 * @param deployments in the manifest's order; of a plan, none
 * @param pointFiles how many results in the layout of {@code vllm bench serve} lie in it
 * @param plots how many pictures
 * @param verdicts how many points have each; only those that occur
 * @param bytes of all its files
 * @param problem why it is incomplete or cannot be read; empty when nothing is wrong
 */
public record BundleOverview(Path folder, Kind kind, Instant startedAt, String dataset, String name, String model,
    List<Shape> deployments, int pointFiles, int plots, Map<Verdict, Integer> verdicts, long bytes, String problem) {

  /** What a folder is. */
  public enum Kind {
    /** Measured. */
    @JsonProperty("run")
    RUN,
    /** Simulated. */
    @JsonProperty("plan")
    PLAN,
    /** Something that this version cannot read. */
    @JsonProperty("unreadable")
    UNREADABLE
  }

  /**
   * A deployment in one line.
   *
   * @param configuration as the field writes it: {@code PF:2, D:2, TP:2x2, Model:m} or {@code TP:1, Model:m}
   */
  public record Shape(String name, String configuration) {
    static Shape of(DeploymentFacts it, String model) {
      return new Shape(it.name(), sides(it) + "Model:" + model);
    }

    private static String sides(DeploymentFacts it) {
      if (it.disaggregated()) {
        String each = it.prefillTensorParallel() == 0
            ? ""
            : ", TP:" + it.prefillTensorParallel() + "x" + it.decodeTensorParallel();
        return "PF:" + it.prefillInstances() + ", D:" + it.decodeInstances() + each + ", ";
      }
      String several = it.instances() > 1 ? "Instances:" + it.instances() + ", " : "";
      return it.tensorParallel() == 0 ? several : several + "TP:" + it.tensorParallel() + ", ";
    }
  }

  /** Copies the collections. */
  public BundleOverview {
    deployments = List.copyOf(deployments);
    verdicts = Collections.unmodifiableMap(new TreeMap<>(verdicts));
  }

  /**
   * Every bundle in a folder and in the folders of it, the newest first. One that cannot be read is among them, with
   * the reason. Links are not followed.
   *
   * @throws IOException when the folder itself cannot be read
   */
  public static List<BundleOverview> under(Path folder) throws IOException {
    return new BundleSearch(folder).newestFirst();
  }

  /** The list as a JSON array, one object for each: component names are the names in it. */
  public static String json(List<BundleOverview> bundles) {
    var array = Json.MAPPER.createArrayNode();
    for (BundleOverview bundle : bundles) {
      ObjectNode object = Json.MAPPER.valueToTree(bundle);
      // As a path, and not as the address that the JSON library makes of one.
      object.put("folder", bundle.folder().toString());
      array.add(object);
    }
    try {
      return new String(Json.pretty(array), StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a list of bundles is always JSON", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
