package dev.attain.simulator;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** The command {@code attain simulate-engine}: one simulated engine as a process. */
public final class SimulatorMain {

  private static final String CALIBRATION = "--calibration";
  private static final int STOPPED = 0;
  private static final int CANNOT_START = 1;
  private static final int BAD_FLAGS = 2;

  private SimulatorMain() {}

  /**
   * Serves until the process is told to end or the calling thread is interrupted.
   *
   * @return exit code: 0 stopped in order, 1 could not start, 2 bad flags
   */
  public static int run(String[] arguments, PrintStream out, PrintStream err) {
    List<String> given = List.of(arguments);
    if (given.contains("--help")) {
      out.print(Flags.help());
      return STOPPED;
    }
    if (given.contains(CALIBRATION)) {
      return calibrate(given.stream().filter(flag -> !flag.equals(CALIBRATION)).toList(), out, err);
    }
    SimulatorOptions options;
    try {
      options = SimulatorOptions.parse(given, System.getenv());
    } catch (SimulatorException e) {
      err.println("simulate-engine: " + e.getMessage());
      return BAD_FLAGS;
    }
    try (SimulatorServer server = SimulatorServer.start(options)) {
      announce(options, server, out);
      serve(server);
      return STOPPED;
    } catch (SimulatorException e) {
      err.println("simulate-engine: " + e.getMessage());
      return CANNOT_START;
    }
  }

  private static int calibrate(List<String> moreFlags, PrintStream out, PrintStream err) {
    try {
      out.print(Calibration.run(moreFlags).text());
      return STOPPED;
    } catch (SimulatorException e) {
      err.println("simulate-engine: " + e.getMessage());
      return BAD_FLAGS;
    }
  }

  private static void serve(SimulatorServer server) {
    Thread hook = new Thread(server::close, "engine-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      server.awaitClosed();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }

  /** The lines of vLLM's start that people and tools look for. */
  private static void announce(SimulatorOptions options, SimulatorServer server, PrintStream out) {
    EngineSetup engine = options.engine();
    EngineLimits limits = engine.limits();
    print(out, "Simulating " + engine.model().name() + " on " + engine.tensorParallel() + " x " + engine.gpu().name()
        + "; no weights are loaded and text is noise");
    print(out, "Chunked prefill is enabled with max_num_batched_tokens=" + limits.maxBatchedTokens()
        + ", max_num_seqs=" + limits.maxSequences());
    for (String flag : options.withoutEffect()) {
      print(out, flag + " is accepted and has no effect");
    }
    print(out, String.format(Locale.ROOT, "GPU KV cache size: %,d tokens", limits.kvTokens()));
    print(out, String.format(Locale.ROOT, "Maximum concurrency for %,d tokens per request: %.2fx",
        engine.contextTokens(), (double) limits.kvTokens() / engine.contextTokens()));
    if (options.kvTransfer().produces()) {
      print(out, "KV of prefilled prompts can be read through " + options.kvTransfer().sideHost() + ":"
          + server.sidePort());
    }
    print(out, "Starting vLLM server on " + server.uri() + " (simulated)");
    if (!options.faults().neverReady()) {
      print(out, "Application startup complete.");
    }
    out.flush();
  }

  private static void print(PrintStream out, String line) {
    out.println("INFO: " + line);
  }
}
