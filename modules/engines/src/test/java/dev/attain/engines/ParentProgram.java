package dev.attain.engines;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A JVM for a test to kill: starts the command given after log file and grace (ms), prints its pid, and waits. */
final class ParentProgram {
  private ParentProgram() {}

  public static void main(String[] arguments) throws Exception {
    List<String> command = List.of(arguments).subList(2, arguments.length);
    GuardedProcess process = GuardedProcess.start(command, Map.of(), Path.of(arguments[0]),
        Duration.ofMillis(Long.parseLong(arguments[1])));
    System.out.println(process.pid());
    Thread.sleep(Duration.ofMinutes(2));
  }
}
