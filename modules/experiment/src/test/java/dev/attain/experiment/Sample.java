package dev.attain.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A configuration file in a folder of its own, with what is given beside it. */
final class Sample {
  /** Four lines that make an experiment; what a test adds starts at line 5 and wins. */
  static final String MINIMAL = """
    load { rates = [8, 16], requests = 100 }
    slo { ttft = 500 ms, tpot = 30 ms }
    model.name = llama-3.1-8b
    deployments = [{ name = colocated, kind = colocated }]
    """;

  private final Path folder;
  private final Map<String, String> overrides = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();
  private final Set<String> keysRead = new HashSet<>();

  Sample(Path folder, String text) {
    this.folder = folder;
    file("x.conf", text);
  }

  static Sample minimalAnd(Path folder, String more) {
    return new Sample(folder, MINIMAL + more);
  }

  Sample file(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  Sample override(String key, String value) {
    overrides.put(key, value);
    return this;
  }

  Sample variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Experiment read() {
    try {
      return readOrThrow();
    } catch (ConfigurationException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  /** The problems, with the folder's name taken out. */
  List<String> problems() {
    try {
      readOrThrow();
      return List.of();
    } catch (ConfigurationException e) {
      return e.problems().stream().map(problem -> problem.replace(folder + "/", "")).toList();
    }
  }

  Set<String> keysRead() {
    return keysRead;
  }

  private Experiment readOrThrow() throws ConfigurationException {
    return ExperimentReader.read(folder.resolve("x.conf"), overrides, environment, keysRead);
  }
}
