package dev.attain.engines;

/**
 * A process that computes on a GPU.
 *
 * @param usedMebibytes memory of that GPU it holds; 0 when the driver does not tell, as inside of containers
 */
public record GpuProcess(long pid, int usedMebibytes, String name) {

  /** {@code process 4711 (python3, 34210 MiB)}. */
  String describe() {
    return usedMebibytes == 0
        ? "process %d (%s)".formatted(pid, name)
        : "process %d (%s, %d MiB)".formatted(pid, name, usedMebibytes);
  }
}
