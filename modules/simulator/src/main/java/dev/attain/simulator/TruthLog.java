package dev.attain.simulator;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A file with one JSON line for each request, written when the request has ended. Any thread may report; one thread of
 * its own writes, and flushes whenever it has nothing left to write.
 */
final class TruthLog implements AutoCloseable {

  /** What a line holds, for the help. */
  static final String COLUMNS = """
    Columns of --truth, one JSON object a line. Instants are nanoseconds of this machine's monotonic clock (the step
    clock, System.nanoTime); plus unixOffsetNanos they are nanoseconds since 1970. null: did not happen.
      id                  X-Request-Id or request_id, else the id of the answer
      receivedNanos       the request's body was complete
      arrivalNanos        it reached the scheduler
      prefillStartNanos   start of the first step that it was part of
      prefillEndNanos     end of the step that gave the first token
      transferStartNanos, transferEndNanos   its KV was fetched from a prefill instance
      promptTokens        length of its prompt
      tokenNanos          each token's deadline: when the front end, one after the other, has passed on those before it
                          and it (--sim-output-us), at the earliest after the end of its step
      lateNanos           how long after its deadline each token was written; not streamed: one, for the last token
      finish              length, stop, abort (client gone), error, http-STATUS (refused), unfinished (process ended)
      faults              what --sim-fault did to it
    """;

  private static final System.Logger LOGGER = System.getLogger(TruthLog.class.getName());
  private static final long CLOSE_MILLIS = 5_000;
  private static final long FLUSH_MILLIS = 200;
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final int LOOKS = 20;

  private final Path file;
  private final BufferedWriter out;
  private final long unixOffsetNanos = unixOffsetNanos();
  private final BlockingQueue<RequestTruth> ended = new LinkedBlockingQueue<>();
  private final Set<RequestTruth> open = ConcurrentHashMap.newKeySet();
  private final Thread writer = new Thread(this::write, "truth-log");
  private volatile boolean closed;

  private TruthLog(Path file, BufferedWriter out) {
    this.file = file;
    this.out = out;
    writer.setDaemon(true);
    writer.start();
  }

  /**
   * Begins a file, in place of an older one.
   *
   * @throws SimulatorException
   *           when it cannot be written
   */
  static TruthLog to(Path file) throws SimulatorException {
    try {
      return new TruthLog(file, Files.newBufferedWriter(file, StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      throw new SimulatorException("--truth: the folder of " + file + " does not exist; name a file in one that does");
    } catch (IOException e) {
      throw new SimulatorException("--truth: cannot write " + file + " (" + e.getClass().getSimpleName()
          + "); name a file that can be written");
    }
  }

  /** A request has arrived. */
  void begin(RequestTruth request) {
    open.add(request);
  }

  /** Nothing more will become known about a request. */
  void end(RequestTruth request) {
    if (open.remove(request)) {
      ended.add(request);
    }
  }

  /** Writes what is left, requests without an end included. */
  @Override
  public void close() {
    open.forEach(this::end);
    closed = true;
    try {
      writer.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write() {
    try (out) {
      while (!closed || !ended.isEmpty()) {
        RequestTruth next = ended.poll(FLUSH_MILLIS, TimeUnit.MILLISECONDS);
        while (next != null) {
          out.write(next.line(unixOffsetNanos));
          out.newLine();
          next = ended.poll();
        }
        out.flush();
      }
    } catch (IOException e) {
      LOGGER.log(System.Logger.Level.ERROR, "--truth: {0} is not complete: {1}", file, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The largest difference of a few looks had the least delay between the two clocks. */
  private static long unixOffsetNanos() {
    long best = Long.MIN_VALUE;
    for (int look = 0; look < LOOKS; look++) {
      Instant wall = Instant.now();
      best = Math.max(best, wall.getEpochSecond() * NANOS_PER_SECOND + wall.getNano() - System.nanoTime());
    }
    return best;
  }
}
