package dev.attain.experiment;

import dev.attain.workload.Trace;
import dev.attain.workload.TraceFile;
import dev.attain.workload.TraceFormatException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the traces that settings name, each file once. */
final class Traces {
  private final Map<Path, Optional<Trace>> known = new HashMap<>();

  /** Empty, with a problem, when the trace cannot be used. */
  Optional<Trace> read(Setting setting) {
    return setting.text().flatMap(text -> {
      var file = setting.relative(text);
      return known.computeIfAbsent(file, ignored -> parse(setting, file));
    });
  }

  private static Optional<Trace> parse(Setting setting, Path file) {
    if (!Files.isRegularFile(file)) {
      setting.problem(file + " does not exist; a path in a configuration file is relative to that file");
      return Optional.empty();
    }
    try {
      var trace = TraceFile.read(file);
      if (trace.shapes().isEmpty()) {
        setting.problem(file + " holds no request; a trace needs at least one row below its header");
        return Optional.empty();
      }
      return Optional.of(trace);
    } catch (TraceFormatException e) {
      setting.problem(e.getMessage());
      return Optional.empty();
    }
  }
}
