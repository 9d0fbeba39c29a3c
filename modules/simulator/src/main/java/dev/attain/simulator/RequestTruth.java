package dev.attain.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What was meant to happen to one request and when, and how late its tokens were written; ends as a line of the
 * {@link TruthLog}. All instants are those of the step clock, which is {@link System#nanoTime}.
 *
 * <p>
 * Threads: until the request has ended, one thread at a time: the event loop of its connection, or for an answer that is
 * not streamed the step thread, which hands over with the last token. {@link #struck} may come from both.
 */
final class RequestTruth {

  private static final long NEVER = Long.MIN_VALUE;
  private static final long[] NOTHING = {};

  private final String id;
  private final long receivedNanos;
  private final Optional<Fault> fault;
  private final Optional<TruthLog> log;
  private final Set<FaultKind> struck = EnumSet.noneOf(FaultKind.class);

  private Optional<Sequence> sequence = Optional.empty();
  private long[] dueNanos = NOTHING;
  private long[] writtenNanos = NOTHING;
  private int dueTokens;
  private int writtenTokens;
  private long prefillEndNanos = NEVER;
  private long transferStartNanos = NEVER;
  private long transferEndNanos = NEVER;
  private String finish = "unfinished";
  private boolean streamed;
  private boolean ended;

  /**
   * Begins with the arrival of a request.
   *
   * @param id
   *          by which the client knows it
   * @param receivedNanos
   *          when its body was complete
   * @param fault
   *          what is to go wrong with it
   * @param log
   *          empty when nobody wants to know
   */
  RequestTruth(String id, long receivedNanos, Optional<Fault> fault, Optional<TruthLog> log) {
    this.id = id;
    this.receivedNanos = receivedNanos;
    this.fault = fault;
    this.log = log;
    log.ifPresent(each -> each.begin(this));
  }

  long receivedNanos() {
    return receivedNanos;
  }

  /** What is to go wrong with it. */
  Optional<Fault> fault() {
    return fault;
  }

  Optional<Fault> fault(FaultKind kind) {
    return fault.filter(each -> each.kind() == kind);
  }

  /** A fault has happened to the request. */
  synchronized void struck(FaultKind kind) {
    struck.add(kind);
  }

  /** The engine has taken the request. */
  void serve(Sequence served, boolean asStream) {
    sequence = Optional.of(served);
    streamed = asStream;
  }

  /** The prompt's KV was on its way from one instant to the other. */
  void transferred(long startNanos, long endNanos) {
    transferStartNanos = startNanos;
    transferEndNanos = endNanos;
  }

  /** The step that gave the first token ended at that instant. */
  void prefilled(long nanos) {
    prefillEndNanos = nanos;
  }

  /** The next token's deadline. */
  void due(long nanos) {
    if (log.isEmpty() || ended) {
      return;
    }
    dueNanos = withRoom(dueNanos, dueTokens);
    dueNanos[dueTokens++] = nanos;
  }

  /** The next token, or the whole answer, has just been written. */
  void written() {
    if (log.isEmpty() || ended) {
      return;
    }
    writtenNanos = withRoom(writtenNanos, writtenTokens);
    writtenNanos[writtenTokens++] = System.nanoTime();
  }

  /** The answer is complete or will never be; only the first reason counts. */
  void end(FinishReason reason) {
    end(reason.wireName());
  }

  /** The request was answered with an error status and never reached the engine. */
  void refused(int status) {
    end("http-" + status);
  }

  private void end(String reason) {
    if (!ended) {
      ended = true;
      finish = reason;
      log.ifPresent(each -> each.end(this));
    }
  }

  /** The line in the log, without its end. */
  synchronized String line(long unixOffsetNanos) {
    return Json.object(line -> {
      line.put("id", id);
      line.put("unixOffsetNanos", unixOffsetNanos);
      line.put("receivedNanos", receivedNanos);
      put(line, "arrivalNanos", sequence.map(Sequence::arrivalNanos).orElse(NEVER));
      put(line, "prefillStartNanos", sequence.map(Sequence::scheduledNanos).orElse(NEVER));
      put(line, "prefillEndNanos", dueTokens > 0 ? prefillEndNanos : NEVER);
      put(line, "transferStartNanos", transferStartNanos);
      put(line, "transferEndNanos", transferEndNanos);
      line.put("promptTokens", sequence.map(each -> each.order().promptTokens()).orElse(0));
      Arrays.stream(dueNanos, 0, dueTokens).forEach(line.putArray("tokenNanos")::add);
      Arrays.stream(lateNanos()).forEach(line.putArray("lateNanos")::add);
      line.put("finish", finish);
      ArrayNode faults = line.putArray("faults");
      struck.forEach(kind -> faults.add(kind.wireName()));
    });
  }

  /** Of each written token; of an answer that was written as a whole, one value, against its last token. */
  private long[] lateNanos() {
    int first = streamed ? 0 : Math.max(0, dueTokens - 1);
    long[] late = new long[Math.min(writtenTokens, dueTokens - first)];
    for (int i = 0; i < late.length; i++) {
      late[i] = writtenNanos[i] - dueNanos[i + first];
    }
    return late;
  }

  private static void put(ObjectNode line, String name, long nanos) {
    if (nanos == NEVER) {
      line.putNull(name);
    } else {
      line.put(name, nanos);
    }
  }

  private static long[] withRoom(long[] instants, int size) {
    return size < instants.length ? instants : Arrays.copyOf(instants, Math.max(16, size * 2));
  }
}
