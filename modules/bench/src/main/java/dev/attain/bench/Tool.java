package dev.attain.bench;

import dev.attain.bench.Contender.Arena;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How somebody else's load generator is had, started and understood. */
interface Tool {
  /** With its version. */
  String name();

  /**
   * Its executable, from the cache or else from its registry.
   *
   * @throws ContenderException when it cannot be had here
   */
  Path fetch(PeerCache cache) throws ContenderException, IOException, InterruptedException;

  /**
   * Its command line for a load.
   *
   * @param tokenizer folder of a tokenizer, for tools that cannot do without
   * @param results empty folder for its files
   */
  List<String> command(Path executable, Load load, Arena arena, Path tokenizer, Path results);

  /** Set for its process, besides what this process has. */
  default Map<String, String> environment() {
    return Map.of();
  }

  /**
   * What it has reported.
   *
   * @throws ContenderException when something that it should have written is not there
   */
  Reading read(Path results) throws ContenderException, IOException;
}
