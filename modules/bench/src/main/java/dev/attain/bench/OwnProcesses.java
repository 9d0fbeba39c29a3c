package dev.attain.bench;

import dev.attain.selftest.ServerProcess;
import dev.attain.selftest.TalkingProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Classes of this module in JVMs of their own, each on its CPUs. */
final class OwnProcesses {
  private static final List<String> SERVER_OPTIONS = List.of("-Xmx512m", "-XX:+UseSerialGC",
      "-Dio.netty.leakDetection.level=disabled");

  private OwnProcesses() {}

  /** The server with known delays, with a thread for each CPU; it serves all clients one after the other. */
  static ServerProcess server(Duration ttft, Duration itl, String cpus, Path log)
      throws IOException, InterruptedException {
    return ServerProcess.start(command(cpus, SERVER_OPTIONS, ServerMain.class,
        List.of(ttft.toString(), itl.toString(), Integer.toString(Cpus.count(cpus)))), Optional.of(log));
  }

  /** attain's client. */
  static TalkingProcess client(String cpus, List<String> javaOptions, List<String> arguments, Path log)
      throws IOException {
    return TalkingProcess.start("attain's client", command(cpus, javaOptions, OwnClientMain.class, arguments),
        Optional.of(log));
  }

  private static List<String> command(String cpus, List<String> javaOptions, Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("taskset", "-c", cpus,
        Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    // Both keep newer Javas from warning about what Netty does with memory.
    if (Runtime.version().feature() >= 22) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    if (Runtime.version().feature() >= 23) {
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.addAll(javaOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    return command;
  }
}
