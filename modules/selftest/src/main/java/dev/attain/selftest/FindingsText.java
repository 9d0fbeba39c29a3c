package dev.attain.selftest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Findings for a person: tables, what their figures mean, and what to change. */
public final class FindingsText {
  private static final double MICROS_PER_MILLI = 1000;
  private static final double BYTES_PER_MIB = 1 << 20;
  private static final String GOOD = "ok";

  private final Findings findings;
  private final List<String> lines = new ArrayList<>();

  private FindingsText(Findings findings) {
    this.findings = findings;
  }

  /** Lines of plain text, the conclusion last. */
  public static List<String> lines(Findings findings) {
    FindingsText text = new FindingsText(findings);
    text.machine();
    text.streams();
    text.requests();
    text.open();
    text.meaning();
    text.changes();
    text.say("");
    text.say(new Advice(findings).conclusion());
    return List.copyOf(text.lines);
  }

  private void machine() {
    Machine machine = findings.machine();
    say(String.format(Locale.ROOT, "%d cores (%s): %s; Java %s, %s", machine.cores(),
        machine.apart()
            ? machine.clientCores() + " for the client, " + machine.serverCores() + " for the server"
            : "shared by client and server",
        findings.eventLoops() == 1 ? "1 event loop" : findings.eventLoops() + " event loops", machine.java(),
        machine.operatingSystem()));
  }

  private void streams() {
    say("");
    say(String.format(Locale.ROOT, "Streams of %d tokens, true TTFT %d ms, true ITL %d ms",
        SelfTestPlan.TOKENS_OF_A_STREAM,
        SelfTestPlan.STREAMS.ttft().toMillis(), SelfTestPlan.STREAMS.itl().toMillis()));
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[]{"events/s", "open", "TTFT error p50", "p99", "ITL error p50", "p99", "send lag p99",
        "CPU/event", "busiest loop", "server late p99", "verdict"});
    for (Rung rung : findings.streams()) {
      rows.add(new String[]{count(rung.eventsPerSecond()), count(rung.openStreams(SelfTestPlan.STREAMS)),
          millis(rung.ttft().p50Micros()), millis(rung.ttft().p99Micros()), millis(rung.itl().p50Micros()),
          millis(rung.itl().p99Micros()), millis(rung.sendLagP99Micros()),
          String.format(Locale.ROOT, "%.1f us", rung.cpuMicrosPerEvent()), percent(rung.busiestLoop()),
          millis(rung.server().latenessP99Micros()), verdict(rung, SelfTestPlan.STREAMS)});
    }
    table(rows);
    say("errors above 1 ms at p99: " + from(Rung.Limit.ERROR_ABOVE_1_MS) + "; above 5 %: "
        + from(Rung.Limit.ERROR_ABOVE_5_PERCENT));
  }

  private void requests() {
    say("");
    say("Short requests, 1 token, answered at once");
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[]{"requests/s", "completed/s", "answered in p50", "p99", "send lag p99", "CPU/request",
        "busiest loop", "server late p99", "verdict"});
    for (Rung rung : findings.requests()) {
      rows.add(new String[]{count(rung.requestsPerSecond()), count(rung.completedPerSecond()),
          millis(rung.ttft().p50Micros()), millis(rung.ttft().p99Micros()), millis(rung.sendLagP99Micros()),
          String.format(Locale.ROOT, "%.1f us", rung.cpuMicrosPerEvent()), percent(rung.busiestLoop()),
          millis(rung.server().latenessP99Micros()), verdict(rung, SelfTestPlan.AT_ONCE)});
    }
    table(rows);
    say(String.format(Locale.ROOT, "the most that one second completed: %s requests",
        count(findings.mostRequestsPerSecond())));
  }

  private void open() {
    OpenStreams open = findings.open();
    say("");
    say(String.format(Locale.ROOT, "Open streams: %,d at once%s%s", open.open(),
        open.completed() < open.tried()
            ? String.format(Locale.ROOT, " (%,d of %,d completed)", open.completed(), open.tried())
            : ", all completed",
        open.residentBytes().isEmpty()
            ? ""
            : String.format(Locale.ROOT, "; the client's whole process had %,.0f MiB then",
                open.residentBytes().getAsLong() / BYTES_PER_MIB)));
  }

  private void meaning() {
    say("");
    say("error         distance of the reported latency from the true one; p99: of the 1st or the 99th percentile, the larger");
    say("send lag      how late a request left; p99 above 1 ms makes a point INVALID (validity.send-lag-floor)");
    say("busiest loop  CPU of the busiest event loop; above 70 % a point is INVALID (validity.event-loop-percent)");
    say("server late   the server's own lateness in sending: errors of that size are not the client's");
  }

  private void changes() {
    List<String> changes = new Advice(findings).changes();
    if (!changes.isEmpty()) {
      say("");
      say("What to change:");
      changes.forEach(change -> lines.add("- " + change));
    }
  }

  private static String verdict(Rung rung, Truth truth) {
    Set<Rung.Limit> passed = rung.passed(truth);
    if (passed.isEmpty()) {
      return GOOD;
    }
    return (rung.trusted(truth) ? GOOD + ", but " : "")
        + passed.stream().map(Rung.Limit::words).collect(Collectors.joining(", "))
        + (rung.serverLate() ? " (server late)" : "");
  }

  /** Where a limit is passed for good. */
  private String from(Rung.Limit limit) {
    OptionalDouble within = findings.eventsPerSecondWithin(limit);
    if (within.isEmpty()) {
      return "at every load";
    }
    double highest = findings.streams().getLast().eventsPerSecond();
    return (within.getAsDouble() < highest ? "beyond " : "not up to ") + Advice.rounded(within.getAsDouble())
        + " events/s";
  }

  /** The last column is text and stands at the left, all others at the right. */
  private void table(List<String[]> rows) {
    int columns = rows.getFirst().length;
    int[] widths = IntStream.range(0, columns)
        .map(column -> rows.stream().mapToInt(row -> row[column].length()).max().orElse(0)).toArray();
    for (String[] row : rows) {
      lines.add(IntStream.range(0, columns)
          .mapToObj(column -> column == columns - 1 ? row[column] : padded(row[column], widths[column]))
          .collect(Collectors.joining("  ")));
      if (row == rows.getFirst()) {
        lines.add(Arrays.stream(widths).mapToObj("-"::repeat).collect(Collectors.joining("  ")));
      }
    }
  }

  private static String padded(String text, int width) {
    return " ".repeat(width - text.length()) + text;
  }

  private static String count(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  private static String millis(double micros) {
    return String.format(Locale.ROOT, "%.2f ms", micros / MICROS_PER_MILLI);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  private void say(String line) {
    lines.add(line);
  }
}
