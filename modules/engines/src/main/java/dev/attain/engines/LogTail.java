package dev.attain.engines;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The end of a log file, without reading the rest. */
final class LogTail {
  /** Enough for any sensible lines; progress bars may write megabytes without a line end. */
  private static final int MOST_BYTES = 256 * 1024;

  private LogTail() {}

  /**
   * At most the last {@code count} lines from byte {@code from} on, of at most the last 256 KiB. Empty when the file cannot be read: this serves
   * messages about another error, which it must not hide.
   */
  static List<String> lastLines(Path file, long from, int count) {
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      long all = Math.max(0, log.length() - from);
      int size = (int) Math.min(MOST_BYTES, all);
      boolean cut = size < all;
      byte[] end = new byte[size];
      log.seek(log.length() - size);
      log.readFully(end);
      List<String> lines = new String(end, StandardCharsets.UTF_8).lines().toList();
      // The first line of a cut text is a fragment, unless it is all there is.
      int first = Math.max(cut && lines.size() > 1 ? 1 : 0, lines.size() - count);
      return List.copyOf(lines.subList(first, lines.size()));
    } catch (IOException e) {
      return List.of();
    }
  }
}
