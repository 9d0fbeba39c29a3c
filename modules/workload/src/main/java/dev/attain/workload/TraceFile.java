package dev.attain.workload;

import java.nio.file.Path;

/** Reads recorded requests from a CSV file, plain or gzip-compressed, columns found by their header names. */
public final class TraceFile {
  private TraceFile() {}

  /**
   * Reads a trace.
   *
   * @throws TraceFormatException if the file is missing, unreadable, empty, lacks a column or holds something malformed
   */
  public static Trace read(Path file) throws TraceFormatException {
    throw new UnsupportedOperationException("not yet");
  }
}
