package dev.attain.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attain.selftest.TalkingProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * attain's own client. Its process lives through all rounds, because a load test lasts minutes and a JVM has compiled its
 * code after the first of them; the warm-up is part of the start-up.
 */
final class OwnClient implements Contender {
  static final String NAME = "attain";
  private static final Duration SPARE = Duration.ofSeconds(60);

  private final Load warmUp;
  private final List<String> javaOptions;
  private final Procfs procfs;
  private Optional<TalkingProcess> process = Optional.empty();
  private double startUpCpuSeconds;

  /** @param warmUp a load to compile the code with */
  OwnClient(Load warmUp, List<String> javaOptions, Procfs procfs) {
    this.warmUp = warmUp;
    this.javaOptions = List.copyOf(javaOptions);
    this.procfs = procfs;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void prepare(Arena arena) throws ContenderException, IOException, InterruptedException {
    TalkingProcess started = OwnProcesses.client(arena.cpus(), javaOptions,
        List.of(arena.server().toString(), Integer.toString(arena.cpuCount()),
            Integer.toString(arena.truth().tokens())),
        arena.folder().resolve("attain.log"));
    process = Optional.of(started);
    ask(started, warmUp);
    startUpCpuSeconds = seen(started).cpuSeconds();
  }

  @Override
  public Outcome run(Load load, Arena arena) throws ContenderException, IOException, InterruptedException {
    TalkingProcess client = process.orElseThrow();
    double before = seen(client).cpuSeconds();
    JsonNode answer = ask(client, load);
    Procfs.Seen after = seen(client);
    var cost = new Cost(startUpCpuSeconds + after.cpuSeconds() - before, startUpCpuSeconds, after.residentBytes());
    String remark = String.format(Locale.ROOT, "TTFT from the due instant %.2f / %.2f ms, send lag %.2f / %.2f ms "
        + "(p50 / p99), busiest loop %.0f %% of a core, %.0f bytes allocated by the loops for an event",
        answer.at("/ttft/p50").asDouble(), answer.at("/ttft/p99").asDouble(), answer.at("/sendLag/p50").asDouble(),
        answer.at("/sendLag/p99").asDouble(), 100 * answer.get("busiestLoop").asDouble(),
        answer.get("allocatedBytesPerEvent").asDouble());
    return new Outcome(new Reading(answer.get("completed").asLong(), answer.get("seconds").asDouble(),
        millis(answer.get("serviceTtft")), millis(answer.get("itl")), remark), cost);
  }

  private static JsonNode ask(TalkingProcess client, Load load) throws ContenderException, InterruptedException {
    String line = Json.MAPPER.createObjectNode().put("requestsPerSecond", load.requestsPerSecond())
        .put("requests", load.requests()).put("seed", load.seed()).toString();
    try {
      return Json.MAPPER.readTree(client.ask(line, SPARE.plusMillis(Math.round(load.seconds() * 2000))));
    } catch (IOException e) {
      throw new ContenderException(e.getMessage());
    }
  }

  private Procfs.Seen seen(TalkingProcess client) throws ContenderException {
    return procfs.process(client.pid()).orElseThrow(() -> new ContenderException("its process has ended"));
  }

  private static Reading.Millis millis(JsonNode distribution) {
    return new Reading.Millis(distribution.get("mean").asDouble(), distribution.get("p50").asDouble(),
        distribution.get("p99").asDouble());
  }

  @Override
  public void close() {
    process.ifPresent(TalkingProcess::close);
  }
}
