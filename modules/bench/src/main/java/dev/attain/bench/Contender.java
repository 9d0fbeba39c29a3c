package dev.attain.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** A load generator that takes part. */
interface Contender extends AutoCloseable {
  /** With its version. */
  String name();

  /**
   * Whatever has to be done once, before anything is measured.
   *
   * @throws ContenderException when it cannot take part, and why
   */
  void prepare(Arena arena) throws ContenderException, IOException, InterruptedException;

  /**
   * Sends a load and measures.
   *
   * @throws ContenderException when it failed or reported nothing
   */
  Outcome run(Load load, Arena arena) throws ContenderException, IOException, InterruptedException;

  @Override
  void close();

  /** What a client reports, and what that took. */
  record Outcome(Reading reading, Cost cost) {}

  /**
   * Where the clients run.
   *
   * @param cpus of the client, as {@code taskset} takes them
   * @param folder for logs and result files
   */
  record Arena(URI server, Truth truth, String cpus, Path folder) {
    /** How many CPUs the client has. */
    int cpuCount() {
      return Cpus.count(cpus);
    }
  }
}
