package dev.attain.results;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipException;

/**
 * How far a point's records could be read.
 *
 * @param records how many were whole
 * @param damage what stopped it, a clause; empty when the file ended, in order or torn
 */
record RecordFile(long records, String damage) {

  /** Gives every record that can be read to {@code each}, in the order of the file; damage ends it without an error. */
  static RecordFile forEach(Path file, Consumer<NodeRecord> each) {
    long[] records = {0};
    try (Stream<NodeRecord> lines = RequestFile.read(file)) {
      lines.forEach(line -> {
        each.accept(line);
        records[0]++;
      });
      return new RecordFile(records[0], "");
    } catch (UncheckedIOException e) {
      return new RecordFile(records[0], e.getCause() instanceof ZipException
          ? "its compressed data are damaged"
          : "line " + (records[0] + 1) + " is not a request");
    } catch (IOException e) {
      return new RecordFile(records[0], Files.exists(file) ? "it cannot be read: " + e : "it is missing");
    }
  }
}
