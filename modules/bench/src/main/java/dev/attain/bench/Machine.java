package dev.attain.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the figures were measured on.
 *
 * @param processor model name of the first CPU
 * @param cpus how many this process may use
 */
record Machine(String processor, int cpus, long memoryBytes, String kernel, String jdk) {
  /** This machine. */
  static Machine here() throws IOException {
    return new Machine(field(Path.of("/proc/cpuinfo"), "model name"), Runtime.getRuntime().availableProcessors(),
        1024 * Long.parseLong(field(Path.of("/proc/meminfo"), "MemTotal").replaceAll("\\D", "")),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
  }

  private static String field(Path file, String name) throws IOException {
    try (var lines = Files.lines(file)) {
      // Some processors have no model name there.
      return lines.filter(line -> line.startsWith(name)).map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst().orElse(name.equals("MemTotal") ? "0" : System.getProperty("os.arch"));
    }
  }

  /** In a sentence. */
  String description() {
    return processor + ", " + cpus + " CPUs, " + Math.round(memoryBytes / (double) (1L << 30)) + " GiB; " + kernel
        + "; " + jdk;
  }
}
