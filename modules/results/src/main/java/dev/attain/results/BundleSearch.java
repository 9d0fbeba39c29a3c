package dev.attain.results;

import dev.attain.measurement.Verdict;
import dev.attain.results.BundleOverview.Kind;
import dev.attain.results.BundleOverview.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds bundles below a folder. What is wrong with one of them is its own affair and never ends the search. */
final class BundleSearch {
  /** Results, data set, bundle, and one level for those who sort bundles into folders. */
  private static final int DEPTH = 4;
  private static final Pattern STAMPED = Pattern.compile(".*_\\d{8}_\\d{6}(-\\d+)?");
  private static final Pattern POINT_FILE = Pattern.compile("vllm-.*\\.json");
  private static final Pattern PLOT = Pattern.compile("(?i)[^.].*\\.(png|svg|pdf)");

  /** Folders of views and exports, which say the same once more. */
  private static final Set<String> ADDED_LATER = Set.of("views", "exports");

  private final Path root;
  private final List<BundleOverview> found = new ArrayList<>();

  BundleSearch(Path root) {
    this.root = root;
  }

  List<BundleOverview> newestFirst() throws IOException {
    // Whether the folder itself can be read is the caller's concern; everything below it is a line of the list.
    try (Stream<Path> entries = Files.list(root)) {
      if (entries.findAny().isEmpty()) {
        return List.of();
      }
    }
    Files.walkFileTree(root, Set.of(), DEPTH, new Visitor());
    found.sort(Comparator.comparing(BundleOverview::startedAt).reversed().thenComparing(BundleOverview::folder));
    return List.copyOf(found);
  }

  private final class Visitor extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      if (Files.exists(folder.resolve(BundleWriter.MANIFEST)) || looksLikeBundle(folder)) {
        found.add(overview(folder, attributes.lastModifiedTime().toInstant()));
        return FileVisitResult.SKIP_SUBTREE;
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException e) {
      found.add(unreadable(path, Instant.EPOCH, new Contents(path), path + ": cannot be read: " + e));
      return FileVisitResult.CONTINUE;
    }
  }

  /** A folder named like one, or one with results of a point in it, whose manifest is not there. */
  private static boolean looksLikeBundle(Path folder) {
    if (STAMPED.matcher(folder.toAbsolutePath().getFileName().toString()).matches()) {
      return true;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.anyMatch(entry -> POINT_FILE.matcher(entry.getFileName().toString()).matches());
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  private static BundleOverview overview(Path folder, Instant changedAt) {
    var contents = new Contents(folder);
    try {
      Files.walkFileTree(folder, contents);
      Path manifest = folder.resolve(BundleWriter.MANIFEST);
      if (!Files.isRegularFile(manifest)) {
        return unreadable(folder, changedAt, contents, "it has no " + BundleWriter.MANIFEST);
      }
      return PlanBundle.isAt(folder) ? plan(folder, contents) : run(folder, contents);
    } catch (BundleException e) {
      return unreadable(folder, changedAt, contents, e.getMessage());
    } catch (IOException e) {
      return unreadable(folder, changedAt, contents, "cannot be read: " + e);
    }
  }

  private static BundleOverview run(Path folder, Contents contents) throws BundleException {
    Manifest it = Bundle.open(folder).manifest();
    Map<Verdict, Integer> verdicts = new TreeMap<>();
    it.points().forEach(point -> point.verdict().ifPresent(verdict -> verdicts.merge(verdict, 1, Integer::sum)));
    return new BundleOverview(folder, Kind.RUN, it.startedAt(), it.dataset(), it.name(), it.model(),
        it.deployments().stream().map(deployment -> Shape.of(deployment, it.model())).toList(), contents.pointFiles,
        contents.plots, verdicts, contents.bytes, problem(it.complete(), it.incompleteReason()));
  }

  private static BundleOverview plan(Path folder, Contents contents) throws BundleException {
    PlanManifest it = Json.read(folder.resolve(BundleWriter.MANIFEST), PlanManifest.class);
    return new BundleOverview(folder, Kind.PLAN, it.startedAt(), it.dataset(), it.name(), it.model(), List.of(),
        contents.pointFiles, contents.plots, Map.of(), contents.bytes, problem(it.complete(), it.incompleteReason()));
  }

  private static String problem(boolean complete, String why) {
    if (complete) {
      return "";
    }
    return "incomplete: " + (why.isEmpty() ? "its program was killed or is still running" : why);
  }

  /** Nothing of it can be trusted but what its files are. */
  private static BundleOverview unreadable(Path folder, Instant changedAt, Contents contents, String reason) {
    return new BundleOverview(folder, Kind.UNREADABLE, changedAt, "", "", "", List.of(), contents.pointFiles,
        contents.plots, Map.of(), contents.bytes, reason.replaceAll("\\s+", " "));
  }

  /** What lies in a folder; files that vanish or cannot be seen count for nothing. */
  private static final class Contents extends SimpleFileVisitor<Path> {
    private final Path folder;
    private int pointFiles;
    private int plots;
    private long bytes;

    Contents(Path folder) {
      this.folder = folder;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      String name = file.getFileName().toString();
      bytes += attributes.size();
      if (ADDED_LATER.contains(folder.relativize(file).getName(0).toString())) {
        return FileVisitResult.CONTINUE;
      }
      if (POINT_FILE.matcher(name).matches()) {
        pointFiles++;
      } else if (PLOT.matcher(name).matches()) {
        plots++;
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }
  }
}
