package dev.attain.bench;

/**
 * What a client took from the machine: all its threads and child processes.
 *
 * @param cpuSeconds user and system time, start-up included
 * @param startUpCpuSeconds the part of it that does not grow with the load
 * @param memoryBytes largest sum of resident sets seen
 */
record Cost(double cpuSeconds, double startUpCpuSeconds, long memoryBytes) {
  Cost withStartUp(double seconds) {
    return new Cost(cpuSeconds, seconds, memoryBytes);
  }

  double microsPerEvent(double events) {
    return Math.max(0, cpuSeconds - startUpCpuSeconds) * 1e6 / events;
  }

  double microsPerEventWithStartUp(double events) {
    return cpuSeconds * 1e6 / events;
  }
}
