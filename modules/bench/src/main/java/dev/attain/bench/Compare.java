package dev.attain.bench;

import dev.attain.bench.Contender.Arena;
import dev.attain.measurement.NanoClock;
import dev.attain.selftest.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command behind {@code compare.sh}. */
@Command(name = "compare.sh", mixinStandardHelpOptions = true, sortOptions = false, description = "Measures what "
    + "attain's client and those of others cost, and how true their figures are, against a server whose delays are "
    + "known. Progress goes to standard error, the table to standard output.")
final class Compare implements Callable<Integer> {
  private static final int BAD_ARGUMENTS = 3;
  private static final int COULD_NOT_START = 4;

  @Option(names = "--rates", split = ",", paramLabel = "EVENTS", defaultValue = "20000,40000", description = "Token "
      + "events per second, one or several (default: ${DEFAULT-VALUE}).")
  private List<Integer> rates = List.of();

  @Option(names = "--peers", split = ",", paramLabel = "NAME", defaultValue = "rust,python,aiperf,guidellm", description = "Whom to measure "
      + "beside attain: rust, python (both of vLLM), aiperf, guidellm, or none (default: ${DEFAULT-VALUE}).")
  private List<String> peers = List.of();

  @Option(names = "--seconds", defaultValue = "10", description = "Arrivals of each run (default: ${DEFAULT-VALUE} s).")
  private int seconds;

  @Option(names = "--rounds", defaultValue = "3", description = "Turns of each client at each rate (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(names = "--warm-up", defaultValue = "10", description = "Of attain's process, once (default: ${DEFAULT-VALUE} s).")
  private int warmUpSeconds;

  @Option(names = "--server-cpus", description = "Of the server, as taskset takes them; a thread for each (default: the "
      + "first that there is).")
  private String serverCpus = "";

  @Option(names = "--client-cpus", description = "Of the clients, as taskset takes them; attain has an event loop for "
      + "each (default: the second that there is).")
  private String clientCpus = "";

  @Option(names = "--java-options", split = " ", defaultValue = "-Xmx384m -XX:MetaspaceSize=96m -XX:+UseSerialGC", description = "Of "
      + "attain's process (default: the launcher's, ${DEFAULT-VALUE}).")
  private List<String> javaOptions = List.of();

  @Option(names = "--output", paramLabel = "FOLDER", description = "Where table.md, runs.csv, runs.json, plots and logs go "
      + "(default: modules/bench/target/comparison).")
  private Path output = Path.of("");

  @Spec
  private CommandSpec spec;

  /** Runs the command and exits with its code: 0 measured, 3 bad arguments, 4 could not start. */
  public static void main(String[] arguments) {
    System.exit(execute(arguments));
  }

  static int execute(String... arguments) {
    return new CommandLine(new Compare()).setParameterExceptionHandler((problem, given) -> {
      System.err.println("compare.sh: " + problem.getMessage() + "; see compare.sh --help");
      return BAD_ARGUMENTS;
    }).setExecutionExceptionHandler((problem, command, parsed) -> {
      System.err.println("compare.sh: " + problem.getMessage());
      return COULD_NOT_START;
    }).execute(arguments);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    requireSense();
    var truth = new Truth(Duration.ofMillis(24), Duration.ofMillis(24), 128);
    Path folder = Files.createDirectories(
        output.toString().isEmpty() ? Path.of(System.getProperty("attain.bench.output", "comparison")) : output)
        .toAbsolutePath();
    var setting = new Report.Setting(serverCpus, clientCpus, seconds, rounds, warmUpSeconds);
    List<Contender> contenders = contenders(truth);
    try (ServerProcess server = OwnProcesses.server(truth.ttft(), truth.itl(), serverCpus,
        folder.resolve("server.log"))) {
      var arena = new Arena(server.uri(), truth, clientCpus, folder);
      var comparison = new Comparison(arena, server::report, System.err);
      List<Result> results = comparison.run(comparison.prepare(contenders), rates, seconds, rounds);
      write(folder, setting, truth, results, comparison);
    } finally {
      contenders.forEach(Contender::close);
    }
    return 0;
  }

  private void write(Path folder, Report.Setting setting, Truth truth, List<Result> results, Comparison comparison)
      throws IOException {
    Machine machine = Machine.here();
    List<Row> rows = Row.of(results, truth);
    String page = new Report(machine, setting, truth, rows, comparison.absent()).markdown();
    var tables = new Tables(truth, results);
    Files.writeString(folder.resolve("table.md"), page);
    Files.writeString(folder.resolve("runs.csv"), tables.csv());
    Json.PRETTY.writeValue(folder.resolve("runs.json").toFile(), tables.json(machine, setting, comparison.absent()));
    new Plots(rows).write(folder.resolve("plots"));
    System.out.print(page);
    System.err.println("written to " + folder);
  }

  private List<Contender> contenders(Truth truth) {
    var procfs = new Procfs();
    var metered = new MeteredProcess(NanoClock.system(), procfs);
    var cache = new PeerCache(cacheFolder(), System.getenv().getOrDefault("ATTAIN_PYTHON", "python3"),
        Path.of(System.getProperty("attain.home", "")).toAbsolutePath());
    var contenders = new ArrayList<Contender>();
    contenders.add(new OwnClient(Load.of(rates.getFirst(), warmUpSeconds, truth.tokens(), 0), javaOptions, procfs));
    for (String peer : new LinkedHashSet<>(peers)) {
      switch (peer) {
        case "rust" -> contenders.add(new Peer(new VllmRust(), cache, metered));
        case "python" -> contenders.add(new Peer(new VllmPython(), cache, metered));
        case "aiperf" -> contenders.add(new Peer(new AiPerf(), cache, metered));
        case "guidellm" -> contenders.add(new Peer(new GuideLlm(), cache, metered));
        default -> {}
      }
    }
    return contenders;
  }

  /** Where other clients are kept: outside the checkout. */
  static Path cacheFolder() {
    String home = System.getenv().getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
    return Path.of(System.getenv().getOrDefault("ATTAIN_CACHE", home + "/attain")).toAbsolutePath();
  }

  private void requireSense() throws IOException {
    int[] allowed = Cpus.allowed();
    require(allowed.length >= 2, "two CPUs are needed, one for the server and one for the clients, and there is one");
    serverCpus = serverCpus.isEmpty() ? Integer.toString(allowed[0]) : serverCpus;
    clientCpus = clientCpus.isEmpty() ? Integer.toString(allowed[1]) : clientCpus;
    require(rates.stream().allMatch(rate -> rate > 0) && seconds > 0 && rounds > 0 && warmUpSeconds > 0,
        "--rates, --seconds, --rounds and --warm-up must be above zero");
    Set<String> known = Set.of("rust", "python", "aiperf", "guidellm", "none");
    peers.forEach(peer -> require(known.contains(peer),
        "--peers: there is no " + peer + "; choose from rust, python, aiperf, guidellm, none"));
    try {
      BitSet shared = Cpus.of(serverCpus);
      shared.and(Cpus.of(clientCpus));
      require(shared.isEmpty(), "--server-cpus and --client-cpus must not share a CPU");
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void require(boolean sense, String sentence) {
    if (!sense) {
      throw new ParameterException(spec.commandLine(), sentence);
    }
  }
}
