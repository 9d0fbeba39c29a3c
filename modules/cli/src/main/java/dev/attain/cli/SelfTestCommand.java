package dev.attain.cli;

import dev.attain.engines.SelfCommand;
import dev.attain.selftest.Findings;
import dev.attain.selftest.FindingsJson;
import dev.attain.selftest.FindingsText;
import dev.attain.selftest.SelfTest;
import dev.attain.selftest.SelfTestPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code attain self-test}: what a load node can be trusted with on this machine. */
@Command(name = "self-test", mixinStandardHelpOptions = true, description = "Finds out, in about a minute, up to which load this machine's load generator can be trusted: against a server in another process whose delays are known.", footer = {
    "", "Exit codes: 0 the limits were found; 3 bad arguments; 4 could not start, or the results could not be",
    "written; 130 interrupted."})
final class SelfTestCommand implements Callable<Integer> {
  private static final long SERVER_HEAP_BYTES = 512L << 20;
  private static final Duration QUICK = Duration.ofMillis(800);
  private static final int QUICK_STREAMS = 2_000;

  @Spec
  private CommandSpec spec;

  @Option(names = "--loops", paramLabel = "N", defaultValue = "1", description = "Event loops of the client, as requests.event-loops of an experiment (default: ${DEFAULT-VALUE}).")
  private int loops;

  @Option(names = "--each", paramLabel = "TIME", defaultValue = "2s", converter = DelayConverter.class, description = "How long each load lasts (default: ${DEFAULT-VALUE}).")
  private Duration each;

  @Option(names = "--up-to", paramLabel = "N", defaultValue = "320000", description = "Highest load to try, in events/s or short requests/s (default: ${DEFAULT-VALUE}).")
  private int upTo;

  @Option(names = "--streams", paramLabel = "N", defaultValue = "20000", description = "Most streams to open at once (default: ${DEFAULT-VALUE}).")
  private int streams;

  @Option(names = "--quick", description = "Shorter loads and 2,000 streams: a rough answer in a third of the time.")
  private boolean quick;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write everything that was found to this file.")
  private Optional<Path> json = Optional.empty();

  @Override
  public Integer call() throws InterruptedException {
    SelfTestPlan plan = plan();
    Terminal terminal = Terminal.ofThisProcess();
    StatusLine status = new StatusLine(terminal);
    status.say(
        "attain " + ToolVersion.NUMBER + " self-test: keep this machine quiet for "
            + (quick ? "20 s" : "a minute"));
    try {
      Findings findings = SelfTest.run(plan, arguments -> server(arguments), status::update);
      status.end();
      FindingsText.lines(findings).forEach(terminal.out()::println);
      if (json.isPresent()) {
        Files.writeString(json.get(), FindingsJson.document(findings, ToolVersion.NUMBER));
      }
      return ExitCode.SUCCESS.code();
    } catch (IOException e) {
      status.end();
      terminal.progress().println("attain: " + sentence(e));
      return ExitCode.COULD_NOT_START.code();
    }
  }

  private SelfTestPlan plan() {
    try {
      json.ifPresent(SelfTestCommand::requireFolder);
      return new SelfTestPlan(loops, quick ? QUICK : each, upTo, quick ? Math.min(streams, QUICK_STREAMS) : streams);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  /** Before a minute has been spent. */
  private static void requireFolder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(file)) {
      throw new IllegalArgumentException("--json " + file + ": name a file in a folder that exists");
    }
  }

  private static List<String> server(List<String> arguments) {
    List<String> whole = new ArrayList<>(List.of(KnownTruthServerCommand.NAME));
    whole.addAll(arguments);
    List<String> command = new ArrayList<>(SelfCommand.ofThisJvm().command(SERVER_HEAP_BYTES, whole));
    // The server's only cores are those it has to be punctual on: a compiler that is soon done matters more than speed.
    command.add(1, "-XX:TieredStopAtLevel=1");
    return command;
  }

  private static String sentence(IOException problem) {
    return problem.getMessage() == null ? problem.toString() : problem.getMessage();
  }
}
