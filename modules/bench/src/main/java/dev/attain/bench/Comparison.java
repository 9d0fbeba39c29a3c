package dev.attain.bench;

import dev.attain.bench.Contender.Arena;
import dev.attain.bench.Contender.Outcome;
import dev.attain.selftest.ServerReport;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.LinkedHashMap;

/**
 * The measurement: clients take turns within each round, so that whatever the machine does meanwhile meets all of them.
 */
final class Comparison {
  /** The server, which tells what it has seen since it was asked last. */
  interface Witness {
    ServerReport report() throws IOException, InterruptedException;
  }

  private final Arena arena;
  private final Witness server;
  private final PrintStream progress;
  private final Map<String, String> absent = new LinkedHashMap<>();

  Comparison(Arena arena, Witness server, PrintStream progress) {
    this.arena = arena;
    this.server = server;
    this.progress = progress;
  }

  /** Makes ready those that can take part; the others are {@link #absent}. */
  List<Contender> prepare(List<Contender> contenders) throws IOException, InterruptedException {
    var present = new ArrayList<Contender>();
    for (Contender contender : contenders) {
      progress.println("preparing " + contender.name());
      try {
        contender.prepare(arena);
        present.add(contender);
      } catch (ContenderException e) {
        absent.put(contender.name(), e.getMessage());
        progress.println("  left out: " + e.getMessage());
      }
    }
    return present;
  }

  /** Why clients do not take part, by name. */
  Map<String, String> absent() {
    return absent;
  }

  /** All rounds. A client that fails at a load has failed there, and goes on with the next. */
  List<Result> run(List<Contender> contenders, List<Integer> eventRates, int seconds, int rounds)
      throws IOException, InterruptedException {
    var results = new ArrayList<Result>();
    for (int round = 1; round <= rounds; round++) {
      for (int rate : eventRates) {
        Load load = Load.of(rate, seconds, arena.truth().tokens(), round);
        for (Contender contender : contenders) {
          Result result = turn(contender, round, load);
          results.add(result);
          progress.println(line(result, rounds));
        }
      }
    }
    return results;
  }

  private Result turn(Contender contender, int round, Load load) throws IOException, InterruptedException {
    server.report();
    try {
      Outcome outcome = contender.run(load, arena);
      if (outcome.reading().completed() == 0) {
        throw new ContenderException("none of its " + load.requests() + " requests was answered");
      }
      return new Result(contender.name(), round, load, server.report(), Optional.of(outcome), "");
    } catch (ContenderException e) {
      return new Result(contender.name(), round, load, server.report(), Optional.empty(), e.getMessage());
    }
  }

  private String line(Result result, int rounds) {
    String what = String.format(Locale.ROOT, "round %d of %d, %6d events/s, %-24s ", result.round(), rounds,
        result.load().eventsPerSecond(), result.contender());
    return what + result.outcome().map(outcome -> {
      double events = outcome.reading().completed() * (double) arena.truth().tokens();
      return String.format(Locale.ROOT, "%5.1f us CPU per event, TTFT %.2f / %.2f ms, ITL p99 %.2f ms",
          outcome.cost().microsPerEvent(events), outcome.reading().ttft().p50(), outcome.reading().ttft().p99(),
          outcome.reading().itl().p99());
    }).orElse("failed: " + result.problem());
  }
}
