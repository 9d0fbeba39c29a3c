package dev.attain.engines;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads what a log has grown by and remembers the last state that it told of. Owned by one thread.
 *
 * <p>
 * Lines end with a line feed or, as progress bars rewrite theirs, with a carriage return.
 */
final class LogFollower {
  /** At most this much at a time; of what grows faster, only the end is looked at. */
  private static final int MOST_BYTES = 256 * 1024;

  private final Path file;
  private long position;
  private String unfinished = "";
  private Optional<EngineState> latest = Optional.empty();

  /** @param start where in the file to begin, in bytes */
  LogFollower(Path file, long start) {
    this.file = file;
    this.position = start;
  }

  /** Reads on; the state of the last tell-tale line up to now. A file that cannot be read tells nothing new. */
  Optional<EngineState> latest() {
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      long end = log.length();
      if (end - position > MOST_BYTES) {
        position = end - MOST_BYTES;
        unfinished = "";
      }
      byte[] grown = new byte[(int) Math.max(0, end - position)];
      log.seek(position);
      log.readFully(grown);
      position = end;
      take(new String(grown, StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      // A log decides nothing.
    }
    return latest;
  }

  private void take(String text) {
    String[] lines = (unfinished + text).split("[\r\n]", -1);
    for (String line : lines) {
      // The unfinished one too: a progress bar ends its line only when it is full.
      latest = EngineLog.state(line).or(() -> latest);
    }
    String last = lines[lines.length - 1];
    unfinished = last.length() > MOST_BYTES ? "" : last;
  }
}
