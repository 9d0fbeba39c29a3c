package dev.attain.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The bundle of a plan on disk, complete. It has no measured requests, so that nothing in it can be judged anew.
 *
 * @param folder where it lies
 * @param name of the plan
 */
public record PlanBundle(Path folder, String name, PlanSummary plan) {
  static final String PLAN = "plan.json";
  static final String TABLE = "plan.csv";
  static final String KIND = "plan";

  /**
   * Whether a folder is one, and not the bundle of a run.
   *
   * @throws BundleException when the folder is no bundle at all
   */
  public static boolean isAt(Path folder) throws BundleException {
    Path manifest = folder.resolve(BundleWriter.MANIFEST);
    if (!Files.isRegularFile(manifest)) {
      throw new BundleException(folder + " is not a bundle: it has no " + BundleWriter.MANIFEST);
    }
    return Json.read(manifest, JsonNode.class).path("kind").asText("").equals(KIND);
  }

  /**
   * Opens it.
   *
   * @throws BundleException when it is incomplete, of another schema version, or cannot be read
   */
  public static PlanBundle open(Path folder) throws BundleException {
    PlanManifest manifest = Json.read(folder.resolve(BundleWriter.MANIFEST), PlanManifest.class);
    Path plan = folder.resolve(PLAN);
    if (!Files.isRegularFile(plan)) {
      throw new BundleException(folder + " has no " + PLAN + (manifest.complete()
          ? ", although its manifest calls the plan complete; take a whole copy of the bundle"
          : ": the plan was not finished" + (manifest.incompleteReason().isEmpty()
              ? ""
              : " (" + manifest.incompleteReason() + ")") + "; plan again"));
    }
    return new PlanBundle(folder, manifest.name(), Json.read(plan, PlanSummary.class));
  }
}
