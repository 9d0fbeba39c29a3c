package dev.attain.engines;

/**
 * One GPU of this machine.
 *
 * @param index as nvidia-smi counts them, in the order of the PCI bus
 * @param memoryMebibytes all of its memory; 0 when the driver does not tell, as where it shares the machine's
 * @param usedMebibytes taken by whoever; a few hundred are the driver's own
 */
public record Gpu(int index, String uuid, String name, int memoryMebibytes, int usedMebibytes) {

  /** Share (0..1) of its memory that is taken. */
  double usedShare() {
    return memoryMebibytes == 0 ? 0 : (double) usedMebibytes / memoryMebibytes;
  }

  /** {@code GPU 1 (NVIDIA H200, 34512 of 143771 MiB used)}. */
  String describe() {
    return "GPU %d (%s, %d of %d MiB used)".formatted(index, name, usedMebibytes, memoryMebibytes);
  }
}
