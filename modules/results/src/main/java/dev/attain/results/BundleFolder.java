package dev.attain.results;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Makes the folder of a bundle, {@code <root>/<dataset>/<name>_<yyyyMMdd_HHmmss>/} in local time. */
final class BundleFolder {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss");

  private BundleFolder() {}

  /** A new folder, with a number behind its name when there is one of that name already. */
  static Path create(Path resultsRoot, String dataset, String name, Instant startedAt) throws IOException {
    Path parent = dataset(resultsRoot, dataset);
    String stamped = fileName(name) + "_" + TIME.format(startedAt.atZone(ZoneId.systemDefault()));
    Files.createDirectories(parent);
    for (int number = 1;; number++) {
      try {
        return Files.createDirectory(parent.resolve(number == 1 ? stamped : stamped + "-" + number));
      } catch (FileAlreadyExistsException e) {
        // Another run started in the same second: the next number.
      }
    }
  }

  /** What is said when the folder cannot be made or written: where, and the way out. */
  static IOException unwritable(Path resultsRoot, String dataset, IOException cause) {
    return new IOException("cannot write results to " + dataset(resultsRoot, dataset).toAbsolutePath().normalize()
        + " (" + cause.getClass().getSimpleName() + ": " + cause.getMessage()
        + "); name a writable folder with --results DIR", cause);
  }

  private static Path dataset(Path resultsRoot, String dataset) {
    return resultsRoot.resolve(fileName(dataset));
  }

  private static String fileName(String text) {
    return text.replaceAll("[^A-Za-z0-9._-]+", "-");
  }
}
