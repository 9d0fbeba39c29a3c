package dev.attain.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The comparison as a page of Markdown. */
record Report(Machine machine, Setting setting, Truth truth, List<Row> rows, Map<String, String> absent) {
  private static final List<String> TITLES = List.of("events/s asked", "client", "CPU us per event",
      "with start-up", "requests/s asked", "achieved", "events/s", "TTFT mean / p50 / p99, ms", "error, ms",
      "ITL p50 / p99, ms", "error, ms", "server late p50 / p99, ms", "memory, MB");

  /** How it was measured. */
  record Setting(String serverCpus, String clientCpus, int seconds, int rounds, int warmUpSeconds) {}

  String markdown() {
    var lines = new ArrayList<String>(List.of("# Load generators beside one another", "", machine.description() + ".",
        "", String.format(Locale.ROOT, "True TTFT %s ms, true ITL %s ms, %d tokens an answer, one event in each write. "
            + "Server on CPU %s, clients on CPU %s; %d s of Poisson arrivals; medians of %d rounds in which the "
            + "clients took turns.", number(truth.ttftMillis()), number(truth.itlMillis()), truth.tokens(),
            setting.serverCpus(), setting.clientCpus(), setting.seconds(), setting.rounds()),
        "", "| " + String.join(" | ", TITLES) + " |", "|---:|---" + "|---:".repeat(TITLES.size() - 2) + "|"));
    rows.forEach(row -> lines.add("| " + String.join(" | ", cells(row)) + " |"));
    lines.add("");
    rows.forEach(row -> rows.stream().filter(other -> isPeer(other, row)).forEach(peer -> relation(row, peer, lines)));
    absent.forEach((name, reason) -> lines.add("* " + name + " took no part: " + reason));
    rows.forEach(row -> row.problems().stream().distinct().forEach(problem -> lines
        .add("* " + row.contender() + " failed at " + row.load().eventsPerSecond() + " events/s: " + problem)));
    rows.stream().filter(Row::measured).forEach(row -> remark(row, lines));
    lines.addAll(notes());
    return String.join("\n", lines) + "\n";
  }

  private static boolean isPeer(Row other, Row row) {
    return row.contender().equals(OwnClient.NAME) && !other.contender().equals(OwnClient.NAME)
        && other.load().eventsPerSecond() == row.load().eventsPerSecond();
  }

  /** Round by round: both were then measured within the same minute. */
  private static void relation(Row own, Row peer, List<String> lines) {
    double[] ratios = own.cpuRelativeTo(peer);
    if (ratios.length > 0) {
      lines.add(String.format(Locale.ROOT, "* At %d events/s attain took %s x the CPU time of %s for an event (%s–%s).",
          own.load().eventsPerSecond(), number(Row.median(ratios)), peer.contender(), number(ratios[0]),
          number(ratios[ratios.length - 1])));
    }
  }

  private static void remark(Row row, List<String> lines) {
    String remark = row.rounds().getLast().outcome().orElseThrow().reading().remark();
    if (!remark.isEmpty()) {
      lines.add("* " + row.contender() + " at " + row.load().eventsPerSecond() + " events/s, last round: " + remark
          + ".");
    }
  }

  private List<String> cells(Row row) {
    String asked = Integer.toString(row.load().eventsPerSecond());
    String rate = number(row.load().requestsPerSecond());
    if (!row.measured()) {
      return List.of(asked, row.contender(), "failed", "", rate, "", "", "", "", "", "", "", "");
    }
    double[] range = row.microsPerEventRange();
    return List.of(asked, row.contender(),
        number(row.microsPerEvent()) + " (" + number(range[0]) + "–" + number(range[1]) + ")",
        number(row.microsPerEventWithStartUp()), rate, number(row.requestsPerSecond()),
        Long.toString(Math.round(row.eventsPerSecond())),
        three(row.median(it -> it.reading().ttft().mean()), row.median(it -> it.reading().ttft().p50()),
            row.median(it -> it.reading().ttft().p99())),
        three(row.ttftError().mean(), row.ttftError().p50(), row.ttftError().p99()),
        two(row.median(it -> it.reading().itl().p50()), row.median(it -> it.reading().itl().p99())),
        two(row.itlError().p50(), row.itlError().p99()), two(row.latenessP50Millis(), row.latenessP99Millis()),
        Long.toString(Math.round(row.median(it -> it.cost().memoryBytes()) / 1e6)));
  }

  private List<String> notes() {
    return List.of(
        "* CPU is user and system time of the client's whole process, all threads and child processes. Start-up is left "
            + "out of the first figure: for attain, the start of its process and a warm-up of "
            + setting.warmUpSeconds()
            + " s in it; for the others, which start anew for each run, the CPU time of the same command with one "
            + "request. Where that is many seconds, the first figure is only as exact as they repeat themselves.",
        "* attain's process here is a load node's measured path alone; `attain run` adds a coordinator, which is another "
            + "JVM.",
        "* TTFT counts from the instant a request was sent, as all the others count it; attain's reports count from the "
            + "instant it was due.",
        "* Achieved requests/s: answered requests over the client's own duration less the " + number(truth.e2eSeconds())
            + " s that the last answer takes. Events/s: over the whole duration.",
        "* Errors are reported minus true. The server's lateness is how much later than the truth its tokens left; no "
            + "client's error means anything below it.");
  }

  private static String three(double mean, double p50, double p99) {
    return number(mean) + " / " + number(p50) + " / " + number(p99);
  }

  private static String two(double p50, double p99) {
    return number(p50) + " / " + number(p99);
  }

  /** Two decimals below ten, one below a hundred, none above: as much as a median of few rounds can carry. */
  static String number(double value) {
    double size = Math.abs(value);
    return String.format(Locale.ROOT, size < 9.995 ? "%.2f" : size < 99.95 ? "%.1f" : "%.0f", value);
  }
}
