package dev.attain.results;

import dev.attain.measurement.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * {@code README.md} of the results' root: the table of runs, one row appended when a run ends. A search that went on in its bundle
 * has the row of its newest end alone.
 */
final class RunIndex {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final String HEADER = """
    # Runs

    One row for each run, written when it ends; open `report.html` in its folder.

    | date | model | deployments | configuration | verdicts | bundle |
    |---|---|---|---|---|---|
    """;

  private RunIndex() {}

  /** Appends in one write, so that two runs that end together do not mix. */
  static void append(Path resultsRoot, String bundlePath, Manifest manifest) throws IOException {
    String deployments = manifest.deployments().stream()
        .map(deployment -> deployment.name() + " (" + deployment.shape() + ")").collect(Collectors.joining(", "));
    append(resultsRoot, manifest.finishedAt().orElse(manifest.startedAt()),
        List.of(manifest.model(), deployments, manifest.configurationFile(), verdicts(manifest)), manifest.name(),
        bundlePath);
  }

  /** @param cells what stands between date and bundle */
  static void append(Path resultsRoot, Instant ended, List<String> cells, String name, String bundlePath)
      throws IOException {
    Path index = resultsRoot.resolve("README.md");
    try {
      Files.writeString(index, HEADER, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      // The usual case: only the first run of a folder writes the header.
    }
    String link = "](" + bundlePath + "/) |\n";
    forget(index, link);
    Files.write(index, row(ended, cells, name, link).getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
  }

  /** Without an older row, the usual case, nothing is rewritten: a run that ends at the same time keeps its own. */
  private static void forget(Path index, String link) throws IOException {
    String all = Files.readString(index);
    String kept = all.lines().map(line -> line + "\n").filter(line -> !line.endsWith(link))
        .collect(Collectors.joining());
    if (kept.length() < all.length()) {
      AtomicFile.write(index, kept.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String row(Instant ended, List<String> cells, String name, String link) {
    return "| " + TIME.format(ended.atZone(ZoneId.systemDefault())) + " | "
        + cells.stream().map(RunIndex::cell).collect(Collectors.joining(" | ")) + " | [" + cell(name) + link;
  }

  private static String verdicts(Manifest manifest) {
    Map<Verdict, Integer> counts = new TreeMap<>();
    manifest.points().forEach(point -> point.verdict().ifPresent(verdict -> counts.merge(verdict, 1, Integer::sum)));
    String text = counts.entrySet().stream().map(entry -> entry.getValue() + " " + entry.getKey())
        .collect(Collectors.joining(", "));
    String finished = text.isEmpty() ? "none" : text;
    return manifest.complete() ? finished : finished + "; incomplete: " + manifest.incompleteReason();
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }
}
