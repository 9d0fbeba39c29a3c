package dev.attain.selftest;

import java.util.List;

/** How to start {@code attain known-truth-server} as a process of its own. */
@FunctionalInterface
public interface ServerCommand {
  /**
   * The whole command line.
   *
   * @param arguments of the command: {@code --ttft 50ms ...}
   */
  List<String> of(List<String> arguments);
}
