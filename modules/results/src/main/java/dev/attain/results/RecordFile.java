package dev.attain.results;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipException;

/**
 * How far a point's records could be read.
 *
 * @param records how many were whole
 * @param damage what stopped it, a clause; empty when the file ended, in order or torn
 */
record RecordFile(long records, String damage) {

  /** Takes a record. */
  interface Taker<E extends Exception> {
    void take(NodeRecord line) throws E;
  }

  /**
   * Gives every record that can be read to {@code each}, in the order of the file; damage ends it without an error, and
   * only what {@code each} throws comes through.
   */
  static <E extends Exception> RecordFile forEach(Path file, Taker<E> each) throws E {
    Stream<NodeRecord> opened;
    try {
      opened = RequestFile.read(file);
    } catch (IOException e) {
      return new RecordFile(0, Files.exists(file) ? "it cannot be read: " + e : "it is missing");
    }
    try (Stream<NodeRecord> lines = opened) {
      return forEach(lines.iterator(), each);
    }
  }

  private static <E extends Exception> RecordFile forEach(Iterator<NodeRecord> lines, Taker<E> each) throws E {
    for (long records = 0;; records++) {
      NodeRecord line;
      try {
        if (!lines.hasNext()) {
          return new RecordFile(records, "");
        }
        line = lines.next();
      } catch (UncheckedIOException e) {
        return new RecordFile(records, e.getCause() instanceof ZipException
            ? "its compressed data are damaged"
            : "line " + (records + 1) + " is not a request");
      }
      each.take(line);
    }
  }

  /** How many there are of how many there should be, a clause. */
  String readable(long expected) {
    return String.format(Locale.ROOT, "%d of its %d records can be read%s", records, expected,
        damage.isEmpty() ? "" : " (" + damage + ")");
  }
}
