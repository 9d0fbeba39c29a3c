package dev.attain.selftest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/** What findings mean to somebody who plans an experiment, in sentences. */
final class Advice {
  private static final int ROOMY_OPEN_FILES = 65_536;

  private final Findings findings;

  Advice(Findings findings) {
    this.findings = findings;
  }

  /** What to change in order to get further, the most helpful first; empty when nothing stood in the way. */
  List<String> changes() {
    List<String> changes = new ArrayList<>();
    serverWasTheLimit().ifPresent(changes::add);
    if (!findings.machine().apart()) {
      changes.add("client and server shared their cores, so the figures are lower bounds: run it with 2 cores or more"
          + " (on Linux, with taskset installed)");
    }
    client().ifPresent(changes::add);
    files().ifPresent(changes::add);
    ports().ifPresent(changes::add);
    if (findings.open().completed() < findings.open().tried()) {
      changes.add(String.format(Locale.ROOT, "%,d of %,d open streams did not complete; the first because: %s",
          findings.open().tried() - findings.open().completed(), findings.open().tried(), findings.open().problem()));
    }
    return changes;
  }

  private Optional<String> serverWasTheLimit() {
    return findings.firstBadStreams().filter(Rung::serverLate).map(rung -> String.format(Locale.ROOT,
        "at %,.0f events/s the server of this test was late itself (%.2f ms at p99), so that the error is not the"
            + " client's alone: what it can do at most was not found; a machine with more cores would tell",
        rung.eventsPerSecond(), rung.server().latenessP99Micros() / 1000));
  }

  private Optional<String> client() {
    Set<Rung.Limit> passed = new TreeSet<>();
    findings.firstBadStreams().filter(rung -> !rung.serverLate())
        .ifPresent(rung -> passed.addAll(rung.passed(SelfTestPlan.STREAMS)));
    findings.firstBadRequests().ifPresent(rung -> passed.addAll(rung.passed(SelfTestPlan.AT_ONCE)));
    if (passed.isEmpty()) {
      return Optional.empty();
    }
    int spare = findings.machine().clientCores() - findings.eventLoops();
    if (passed.contains(Rung.Limit.LOOP_BUSY) && spare > 1) {
      return Optional.of("an event loop was the limit and " + spare
          + " cores of the client had none: raise requests.event-loops, and try it with --loops "
          + Math.min(findings.machine().clientCores() - 1, findings.eventLoops() * 2));
    }
    if (passed.contains(Rung.Limit.GC_PAUSE)) {
      return Optional.of("garbage collection stopped the client: give load nodes a larger heap (nodes.heap)");
    }
    return Optional
        .of("beyond that, share the load out to more load nodes on other cores or machines (nodes.load); keep"
            + " engines and everything else off their cores");
  }

  private Optional<String> files() {
    long needed = OpenStreams.WISHED + OpenStreams.OTHER_FILES;
    if (findings.machine().openFiles().isEmpty() || findings.machine().openFiles().getAsLong() >= needed) {
      return Optional.empty();
    }
    return Optional.of(String.format(Locale.ROOT,
        "a process may have %,d files open here: for %,d streams on one load node set ulimit -n %d (needed are %,d)",
        findings.machine().openFiles().getAsLong(), OpenStreams.WISHED, ROOMY_OPEN_FILES, needed));
  }

  private Optional<String> ports() {
    if (findings.machine().localPorts().isEmpty()
        || findings.machine().localPorts().getAsLong() >= OpenStreams.WISHED + OpenStreams.OTHER_FILES) {
      return Optional.empty();
    }
    return Optional.of(String.format(Locale.ROOT,
        "there are %,d local ports for connections to one server address: for more streams to one address set sysctl -w"
            + " net.ipv4.ip_local_port_range=\"1024 65535\"",
        findings.machine().localPorts().getAsLong()));
  }

  /** The one sentence to remember. */
  String conclusion() {
    OptionalDouble events = findings.trustedEventsPerSecond();
    OptionalDouble requests = findings.trustedRequestsPerSecond();
    if (events.isEmpty() || requests.isEmpty()) {
      Rung first = events.isEmpty() ? findings.streams().getFirst() : findings.requests().getFirst();
      return "On this machine one load node cannot be trusted even with " + (events.isEmpty()
          ? String.format(Locale.ROOT, "%,.0f events/s", findings.streams().getFirst().eventsPerSecond())
          : String.format(Locale.ROOT, "%,.0f requests/s", findings.requests().getFirst().requestsPerSecond()))
          + String.format(Locale.ROOT, ": its busiest event loop used %.0f %% of a core there, so that %s.",
              100 * first.busiestLoop(), first.overloaded()
                  ? "the machine is too slow"
                  : "something else on the machine must have been in the way");
    }
    return String.format(Locale.ROOT, "On this machine one load node can be trusted up to about %s events/s and %s"
        + " requests/s; %s.", rounded(events.getAsDouble()), rounded(requests.getAsDouble()), beyond());
  }

  private String beyond() {
    Optional<Rung> streams = findings.firstBadStreams();
    Optional<Rung> requests = findings.firstBadRequests();
    if (streams.isEmpty() && requests.isEmpty()) {
      return "nothing higher was tried";
    }
    boolean invalid = streams.map(rung -> Findings.invalid(rung, SelfTestPlan.STREAMS)).orElse(true)
        && requests.map(rung -> Findings.invalid(rung, SelfTestPlan.AT_ONCE)).orElse(true);
    return invalid
        ? "beyond that points will be INVALID"
        : "beyond that some latencies are wrong by more than 1 ms and 5 %, and further up points will be INVALID";
  }

  /** Two digits: more would pretend. */
  static String rounded(double rate) {
    double step = Math.pow(10, Math.max(0, Math.floor(Math.log10(rate)) - 1));
    return String.format(Locale.ROOT, "%,.0f", Math.floor(rate / step + 1e-9) * step);
  }
}
