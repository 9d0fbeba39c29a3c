package dev.attain.results;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attain.experiment.Deployment;
import dev.attain.experiment.Planning;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes the bundle of a plan: {@code manifest.json}, which says {@code complete: false} until the end, and then {@code
 * plan.json} and {@code plan.csv}. Thread-safe. Methods throw {@link IOException} when the disk refuses.
 */
public final class PlanBundleWriter {
  private final Path resultsRoot;
  private final Path folder;
  private final Planning planning;
  private final JsonNode configuration;
  private final Instant startedAt;
  private final Provenance provenance;
  private boolean ended;

  private PlanBundleWriter(Path resultsRoot, Path folder, Planning planning, Instant startedAt, Provenance provenance)
      throws IOException {
    this.resultsRoot = resultsRoot;
    this.folder = folder;
    this.planning = planning;
    this.configuration = Json.tree(planning.resolved().json());
    this.startedAt = startedAt;
    this.provenance = provenance;
  }

  /**
   * Makes the bundle's folder, {@code <root>/<dataset>/<name>_<yyyyMMdd_HHmmss>/} in local time, and a first manifest.
   *
   * @throws IOException when the folder cannot be made or written; the message names it and the way out
   */
  public static PlanBundleWriter create(Path resultsRoot, Planning planning, Instant startedAt, Provenance provenance)
      throws IOException {
    try {
      var writer = new PlanBundleWriter(resultsRoot,
          BundleFolder.create(resultsRoot, planning.dataset(), planning.name(), startedAt), planning, startedAt,
          provenance);
      writer.writeManifest(false, "", Optional.empty());
      return writer;
    } catch (IOException e) {
      throw BundleFolder.unwritable(resultsRoot, planning.dataset(), e);
    }
  }

  /** The bundle. */
  public Path folder() {
    return folder;
  }

  /** Ends the plan well: writes what it found. */
  public synchronized void complete(PlanSummary plan) throws IOException {
    if (!ended) {
      AtomicFile.write(folder.resolve(PlanBundle.PLAN), Json.pretty(plan));
      AtomicFile.write(folder.resolve(PlanBundle.TABLE), plan.table().getBytes(StandardCharsets.UTF_8));
      end(true, "", plan.ranking().size() + " planned");
    }
  }

  /** Ends the plan early, unless it has ended; {@code why} is a sentence for the reader. */
  public synchronized void incomplete(String why) throws IOException {
    if (!ended) {
      end(false, why, "none; incomplete: " + why);
    }
  }

  private void end(boolean complete, String why, String outcome) throws IOException {
    ended = true;
    var now = Instant.now();
    writeManifest(complete, why, Optional.of(now));
    var shown = planning.deployments().stream().limit(3).map(Deployment::name).collect(Collectors.joining(", "));
    int more = planning.deployments().size() - 3;
    RunIndex.append(resultsRoot, now, List.of(planning.model().name(), more > 0
        ? shown + " and " + more + " more"
        : shown, planning.resolved().source().toString(), outcome), planning.name(),
        resultsRoot.relativize(folder).toString().replace('\\', '/'));
  }

  private void writeManifest(boolean complete, String why, Optional<Instant> finishedAt) throws IOException {
    var objectives = Objectives.of(planning.slo(), planning.target());
    var manifest = new PlanManifest(PointSummary.SCHEMA_VERSION, PlanBundle.KIND, complete, why, planning.name(),
        planning.dataset(), planning.model().name(), planning.workload().description(),
        ExperimentWords.arrivals(planning), planning.seed(), startedAt, finishedAt, objectives, provenance,
        planning.deployments().size(), planning.resolved().source().toString(), configuration);
    AtomicFile.write(folder.resolve(BundleWriter.MANIFEST), Json.pretty(manifest));
  }
}
