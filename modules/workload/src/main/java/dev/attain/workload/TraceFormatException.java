package dev.attain.workload;

import java.nio.file.Path;

/**
 * A trace file that cannot be used. The message is a sentence for the user: file, line, what is wrong and what would
 * be right.
 */
public final class TraceFormatException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Path file;
  private final int line;

  TraceFormatException(Path file, int line, String problem) {
    super(line == 0 ? file + ": " + problem : file + ":" + line + ": " + problem);
    this.file = file;
    this.line = line;
  }

  /** The file as it was given. */
  public Path file() {
    return file;
  }

  /** Line number from 1, or 0 when the file as a whole is meant. */
  public int line() {
    return line;
  }
}
