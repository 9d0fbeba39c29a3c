package dev.attain.engines;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One GPU of this machine.
 *
 * @param index as nvidia-smi counts them, in the order of the PCI bus
 * @param memoryMebibytes all of its memory; 0 when the driver does not tell, as where it shares the machine's
 * @param usedMebibytes taken by whoever; a few hundred are the driver's own
 * @param driver its version, empty when nvidia-smi does not tell
 * @param processes that compute on it, as far as the driver shows them
 */
public record Gpu(int index, String uuid, String name, int memoryMebibytes, int usedMebibytes, String driver,
    List<GpuProcess> processes) {
  private static final double IDLE_SHARE = 0.02;

  public Gpu {
    processes = List.copyOf(processes);
  }

  /** Whether more of its memory is taken than the driver takes of an idle one. */
  public boolean inUse() {
    return usedShare() > IDLE_SHARE;
  }

  /** Share (0..1) of its memory that is taken. */
  double usedShare() {
    return memoryMebibytes == 0 ? 0 : (double) usedMebibytes / memoryMebibytes;
  }

  /** {@code GPU 1 (NVIDIA H200, 34512 of 143771 MiB used by process 4711 (python3, 34210 MiB))}. */
  String describe() {
    return "GPU %d (%s, %d of %d MiB used%s)".formatted(index, name, usedMebibytes, memoryMebibytes, users());
  }

  /** {@code  by process 4711 (python3, 34210 MiB)}; empty when nobody is known. */
  String users() {
    return processes.isEmpty()
        ? ""
        : " by " + processes.stream().map(GpuProcess::describe).collect(Collectors.joining(" and "));
  }
}
