package dev.attain.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files in which Linux's kernel tells numbers; elsewhere they do not exist. */
final class ProcFile {
  private ProcFile() {}

  /** All lines, none when the file cannot be read. */
  static List<String> lines(Path file) {
    // In one big read: the files below /proc/sys give nothing to a second one, and Files.readString begins with one byte.
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      return reader.lines().toList();
    } catch (IOException | RuntimeException e) {
      return List.of();
    }
  }
}
