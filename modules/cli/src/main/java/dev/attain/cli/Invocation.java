package dev.attain.cli;

import dev.attain.experiment.ConfigurationException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** What commands that are given a configuration have in common. */
final class Invocation {
  private Invocation() {}

  /** Reads a configuration file. */
  @FunctionalInterface
  interface Reading<T> {
    /** @throws ConfigurationException with every problem found */
    T read() throws ConfigurationException;
  }

  /**
   * Reads a configuration and checks what can be known to fail before anything is started.
   *
   * @param problems of what was read, a sentence each
   * @return empty when something is wrong with it, which has been said on {@code err} then
   */
  static <T> Optional<T> read(Path configuration, PrintStream err, Reading<T> reading,
      Function<T, Stream<String>> problems) {
    List<String> found;
    try {
      T read = reading.read();
      found = problems.apply(read).map(problem -> configuration + ": " + problem).toList();
      if (found.isEmpty()) {
        return Optional.of(read);
      }
    } catch (ConfigurationException e) {
      found = e.problems();
    }
    found.forEach(problem -> err.println("attain: " + problem));
    return Optional.empty();
  }

  /** The whole command line, for the manifest. */
  static List<String> commandLine(CommandSpec command) {
    List<String> line = new ArrayList<>(List.of("attain"));
    line.addAll(command.commandLine().getParent().getParseResult().originalArgs());
    return line;
  }
}
