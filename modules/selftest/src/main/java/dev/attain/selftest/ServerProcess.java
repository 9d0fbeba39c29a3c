package dev.attain.selftest;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A {@link ServerProgram} in a process of its own. For one thread. */
public final class ServerProcess implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("\\{\"port\": (\\d+)\\}");
  private static final Duration START = Duration.ofSeconds(30);
  private static final Duration ANSWER = Duration.ofSeconds(20);

  private final TalkingProcess process;
  private final URI uri;

  private ServerProcess(TalkingProcess process, URI uri) {
    this.process = process;
    this.uri = uri;
  }

  /**
   * Returns when it is ready.
   *
   * @param command the whole command line
   * @param log for its standard error; empty is this process's own
   * @throws IOException when it cannot be started; the message is a sentence for the user
   */
  public static ServerProcess start(List<String> command, Optional<Path> log) throws IOException, InterruptedException {
    TalkingProcess process = TalkingProcess.start("the known-truth server", command, log);
    try {
      String first = process.next(START);
      Matcher ready = READY.matcher(first);
      if (!ready.matches()) {
        throw new IOException("the known-truth server did not start; it said: " + first);
      }
      return new ServerProcess(process, URI.create("http://127.0.0.1:" + ready.group(1)));
    } catch (IOException | InterruptedException e) {
      process.close();
      throw e;
    }
  }

  /** Where it listens. */
  public URI uri() {
    return uri;
  }

  /** How true it was since the last time. */
  public ServerReport report() throws IOException, InterruptedException {
    return ServerReport.parse(process.ask("", ANSWER));
  }

  /** Ends it, by force if it takes more than a few seconds. */
  @Override
  public void close() {
    process.close();
  }
}
