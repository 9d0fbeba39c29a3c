package dev.attain.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Every process that came from one start, however far down and in whatever session: they inherit a mark in their
 * environment. Zombies do not count; they have no environment any more.
 */
final class MarkedProcesses {
  /** A process and what it was started as. */
  record Marked(long pid, String commandLine) {
    private static final int SHOWN = 160;

    /** The end of a command line tells more than the class path in its middle. */
    @Override
    public String toString() {
      return pid + ": ..." + commandLine.substring(Math.max(0, commandLine.length() - SHOWN));
    }
  }

  private static final String VARIABLE = "ATTAIN_SYSTEM_TEST";

  private final String mark = UUID.randomUUID().toString();

  void putInto(Map<String, String> environment) {
    environment.put(VARIABLE, mark);
  }

  /** Those that live now. */
  List<Marked> living() {
    String entry = VARIABLE + "=" + mark;
    List<Marked> found = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        if (List.of(read(process.resolve("environ")).split("\0")).contains(entry)) {
          found.add(new Marked(Long.parseLong(process.getFileName().toString()),
              read(process.resolve("cmdline")).replace('\0', ' ').strip()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  /** Those whose command line has this word. */
  List<Marked> living(String word) {
    return living().stream().filter(process -> (process.commandLine() + " ").contains(" " + word + " ")).toList();
  }

  /** Fails, naming them, when processes live on. */
  void requireNoneWithin(Duration patience) {
    try {
      Eventually.holds("no process is left", patience, () -> living().isEmpty());
    } catch (AssertionError stillThere) {
      throw new AssertionError("%s, but these live: %s".formatted(stillThere.getMessage(),
          living().stream().map(Marked::toString).collect(Collectors.joining("\n  ", "\n  ", ""))), stillThere);
    }
  }

  void killAll() {
    living().forEach(process -> ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly));
  }

  /** Empty when the process has just ended, or is somebody else's. */
  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException gone) {
      return "";
    }
  }
}
