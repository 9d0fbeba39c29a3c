package dev.attain.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Somebody else's load generator, started anew for each run. */
final class Peer implements Contender {
  /** Tools of several processes take long to start and to end on few cores. */
  private static final Duration SPARE = Duration.ofMinutes(2);
  private static final int SLOWER = 6;
  private static final int SHOWN_LINES = 3;
  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

  private final Tool tool;
  private final PeerCache cache;
  private final MeteredProcess metered;
  private Path executable = Path.of("");
  private Path tokenizer = Path.of("");
  private double startUpCpuSeconds;
  private int runs;

  Peer(Tool tool, PeerCache cache, MeteredProcess metered) {
    this.tool = tool;
    this.cache = cache;
    this.metered = metered;
  }

  @Override
  public String name() {
    return tool.name();
  }

  /** Fetches the tool, and finds out what it costs to start: a run of one request. */
  @Override
  public void prepare(Arena arena) throws ContenderException, IOException, InterruptedException {
    executable = tool.fetch(cache);
    tokenizer = TinyTokenizer.in(arena.folder().resolve("tokenizer"));
    Load one = Load.of(arena.truth().tokens(), 1, arena.truth().tokens(), 0);
    startUpCpuSeconds = measure(one, arena).cost().cpuSeconds();
  }

  @Override
  public Outcome run(Load load, Arena arena) throws ContenderException, IOException, InterruptedException {
    Outcome outcome = measure(load, arena);
    return new Outcome(outcome.reading(), outcome.cost().withStartUp(startUpCpuSeconds));
  }

  private Outcome measure(Load load, Arena arena) throws ContenderException, IOException, InterruptedException {
    Path results = arena.folder().resolve(slug() + "-" + runs++);
    PeerCache.empty(results);
    Path log = results.resolveSibling(results.getFileName() + ".log");
    List<String> command = tool.command(executable, load, arena, tokenizer, results);
    Map<String, String> environment = tool.environment();
    Duration limit = SPARE.plusMillis(Math.round(load.seconds() * 1000 * SLOWER));
    MeteredProcess.Ended ended = metered.run(command, arena.cpus(), environment, log, limit);
    if (ended.exit() == MeteredProcess.TIMED_OUT) {
      throw new ContenderException("no end within " + limit.toSeconds() + " s" + tail(log));
    }
    if (ended.exit() != 0) {
      throw new ContenderException("exit code " + ended.exit() + tail(log));
    }
    return new Outcome(tool.read(results), ended.cost());
  }

  private String slug() {
    return tool.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-");
  }

  private static String tail(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log).stream().map(line -> COLOUR.matcher(line).replaceAll("").strip())
        .filter(line -> !line.isEmpty()).toList();
    return " (" + log + "): "
        + String.join(" / ", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
  }

  @Override
  public void close() {
    // Each run ends its own process.
  }
}
