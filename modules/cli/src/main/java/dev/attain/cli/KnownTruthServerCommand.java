package dev.attain.cli;

import dev.attain.selftest.ServerProgram;
import dev.attain.selftest.ServerSettings;
import dev.attain.selftest.Truth;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code attain known-truth-server}: what clients, ours and others, are judged with. */
@Command(name = KnownTruthServerCommand.NAME, mixinStandardHelpOptions = true, description = "Serves OpenAI-compatible streams whose delays are known: event k of an answer leaves TTFT + k x ITL after its request was read.", footer = {
    "",
    "Prints {\"port\": N} when it is ready. For each line on standard input, and at its end, it prints how late events",
    "really left since the last time it was asked. It ends with its standard input, or when it is interrupted."})
final class KnownTruthServerCommand implements Callable<Integer> {
  static final String NAME = "known-truth-server";

  @Spec
  private CommandSpec spec;

  @Option(names = "--ttft", paramLabel = "DELAY", defaultValue = "50ms", converter = DelayConverter.class, description = "From a request to its first token, as in 50ms (default: ${DEFAULT-VALUE}).")
  private Duration ttft;

  @Option(names = "--itl", paramLabel = "DELAY", defaultValue = "10ms", converter = DelayConverter.class, description = "Between two token events of an answer, as in 10ms or 500us (default: ${DEFAULT-VALUE}).")
  private Duration itl;

  @Option(names = "--tokens-per-event", paramLabel = "N", defaultValue = "1", description = "Tokens in each event (default: ${DEFAULT-VALUE}).")
  private int tokensPerEvent;

  @Option(names = "--threads", paramLabel = "N", defaultValue = "1", description = "Event loops, one for each core that the server may use (default: ${DEFAULT-VALUE}).")
  private int threads;

  @Option(names = "--spin", description = "Spin before each event instead of sleeping up to it: for loops with cores of their own.")
  private boolean spin;

  @Option(names = "--host", paramLabel = "ADDRESS", defaultValue = "127.0.0.1", description = "Address to listen on (default: ${DEFAULT-VALUE}).")
  private String host;

  @Option(names = "--port", paramLabel = "PORT", defaultValue = "0", description = "Port to listen on; 0 is any free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(names = "--model", paramLabel = "NAME", defaultValue = "known-truth", description = "The name that is listed and that answers carry; requests may name any (default: ${DEFAULT-VALUE}).")
  private String model;

  @Override
  public Integer call() {
    ServerSettings settings;
    try {
      settings = new ServerSettings(host, port, threads, spin, model, new Truth(ttft, itl, tokensPerEvent));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
    try {
      ServerProgram.serve(settings, System.in, System.out);
      return ExitCode.SUCCESS.code();
    } catch (IOException e) {
      System.err.println("attain: " + e.getMessage());
      return ExitCode.COULD_NOT_START.code();
    }
  }
}
