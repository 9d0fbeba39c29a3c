package dev.attain.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.attain.results.Bundle;
import dev.attain.results.BundleException;
import dev.attain.results.NodeRecord;
import dev.attain.results.PointEntry;
import dev.attain.results.PointSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A bundle both as attain reads it and as the JSON that other tools see. */
record RunBundle(Bundle bundle) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static RunBundle open(Path folder) {
    try {
      return new RunBundle(Bundle.open(folder));
    } catch (BundleException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  /** The only bundle below a results folder, once its run has begun one. */
  static Optional<Path> below(Path results) {
    if (!Files.isDirectory(results)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.walk(results, 3)) {
      return files.filter(file -> file.endsWith("manifest.json")).map(Path::getParent).findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path folder() {
    return bundle.folder();
  }

  boolean complete() {
    return bundle.manifest().complete();
  }

  JsonNode manifest() {
    return json(folder().resolve("manifest.json"));
  }

  List<PointSummary> summaries() {
    return bundle.summaries();
  }

  /** The summary of a run of one point. */
  PointSummary onlySummary() {
    if (summaries().size() != 1) {
      throw new AssertionError("there are " + summaries().size() + " summaries, not 1");
    }
    return summaries().getFirst();
  }

  PointSummary summary(String deployment) {
    return summaries().stream().filter(summary -> summary.deployment().equals(deployment)).findFirst().orElseThrow();
  }

  PointEntry entry(String deployment) {
    return bundle.manifest().points().stream().filter(point -> point.deployment().equals(deployment)).findFirst()
        .orElseThrow();
  }

  /** All records of the first point of a deployment. */
  List<NodeRecord> records(String deployment) {
    try (Stream<NodeRecord> records = bundle.records(entry(deployment))) {
      return records.toList();
    } catch (BundleException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  /** A JSON Schema that is published with the tool: summary or manifest. */
  static JsonNode schema(String name) throws IOException {
    return JSON.readTree(Bundle.class.getResource("/schema/" + name + ".schema.json"));
  }

  static JsonNode json(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
