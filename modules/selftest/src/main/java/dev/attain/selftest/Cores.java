package dev.attain.selftest;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Which cores the client and the server get, so that neither makes the other late.
 *
 * @param client numbers of the client's cores
 * @param server numbers of the server's cores
 * @param apart whether both can be kept to their cores; otherwise both use all
 */
record Cores(List<Integer> client, List<Integer> server, boolean apart) {
  private static final String TASKSET = "taskset";
  private static final String SETSID = "setsid";
  private static final long TASKSET_SECONDS = 10;

  /** Of the cores that this process may use. */
  static Cores ofThisMachine(int eventLoops) throws IOException {
    return divide(CpuList.allowed(), eventLoops, onPath(TASKSET));
  }

  /**
   * As many cores to the server as the client has event loops, from the end, but at least one to either.
   *
   * @param mayPin whether processes can be kept to cores
   */
  static Cores divide(List<Integer> allowed, int eventLoops, boolean mayPin) {
    if (!mayPin || allowed.size() < 2) {
      return new Cores(allowed, allowed, false);
    }
    int client = allowed.size() - Math.clamp(eventLoops, 1, allowed.size() / 2);
    return new Cores(allowed.subList(0, client), allowed.subList(client, allowed.size()), true);
  }

  /**
   * The command on the server's cores. It gets a session of its own where that can be had, so that ctrl-C in a terminal
   * reaches us alone; it ends with us all the same, when its standard input does.
   */
  List<String> onServerCores(List<String> command) {
    List<String> placed = new ArrayList<>();
    if (onPath(SETSID)) {
      placed.add(SETSID);
    }
    if (apart) {
      placed.addAll(List.of(TASKSET, "-c", list(server)));
    }
    placed.addAll(command);
    return placed;
  }

  /** Keeps all threads of this process, also later ones, to the client's cores. */
  void keepThisProcess() throws IOException, InterruptedException {
    if (!apart) {
      return;
    }
    Process taskset = new ProcessBuilder(TASKSET, "-a", "-c", "-p", list(client),
        Long.toString(ProcessHandle.current().pid())).redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    if (!taskset.waitFor(TASKSET_SECONDS, TimeUnit.SECONDS) || taskset.exitValue() != 0) {
      taskset.destroyForcibly();
      throw new IOException("taskset could not keep this process to the cores " + list(client));
    }
  }

  static String list(List<Integer> cores) {
    return cores.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private static boolean onPath(String program) {
    String path = System.getenv("PATH");
    return path != null && Arrays.stream(path.split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
