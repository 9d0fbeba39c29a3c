package dev.attain.selftest;

import dev.attain.client.LoadRun;
import dev.attain.measurement.RequestRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * How many streams were open at once.
 *
 * @param tried opened one after the other while all earlier ones stayed open
 * @param open most that were open at the same time
 * @param completed how many got their whole answer
 * @param problem the first reason why one did not; empty when all did
 * @param residentBytes memory of the client's whole process while they were open; unknown on some systems
 * @param grownBytes by how much that had grown through them
 */
public record OpenStreams(long tried, long open, long completed, String problem, OptionalLong residentBytes,
    OptionalLong grownBytes) {
  /** More than any point needs. */
  public static final int WISHED = 20_000;

  /** For everything else that a process has open. */
  static final int OTHER_FILES = 300;
  private static final int OPENED_PER_SECOND = 6000;
  private static final long HELD_MILLIS = 1500;
  private static final long LOOK_MILLIS = 100;
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /** What the machine lets one process open to one server. */
  static int possible(Machine machine, int most) {
    long files = machine.openFiles().orElse(Long.MAX_VALUE) - OTHER_FILES;
    long ports = machine.localPorts().orElse(Long.MAX_VALUE) - OTHER_FILES;
    return Math.clamp(Math.min(files, ports), 1, most);
  }

  private static Duration opening(int streams) {
    return Duration.ofMillis(Math.max(200, 1000L * streams / OPENED_PER_SECOND));
  }

  /** The delays with which a stream stays open until all the others are. */
  static Truth truth(int streams) {
    return new Truth(opening(streams).plusMillis(HELD_MILLIS), Duration.ZERO, 1);
  }

  /** @param client in front of a server with the delays of {@link #truth} */
  static OpenStreams open(Client client, int streams) throws IOException, InterruptedException {
    OptionalLong before = Machine.residentBytes();
    LoadRun run = client.begin(streams / (opening(streams).toNanos() / 1e9), 1, opening(streams));
    long open = 0;
    OptionalLong resident = before;
    for (long looks = LONGEST.toMillis() / LOOK_MILLIS; looks > 0
        && !run.awaitFinished(Duration.ofMillis(LOOK_MILLIS)); looks--) {
      long inFlight = run.snapshot().counts().inFlight();
      if (inFlight > open) {
        open = inFlight;
        resident = Machine.residentBytes();
      }
    }
    client.await(run, Duration.ZERO);
    String problem = run.takeFinished().stream().map(RequestRecord::reason).filter(reason -> !reason.isEmpty())
        .findFirst().orElse("");
    var counts = run.snapshot().counts();
    OptionalLong grown = resident.isPresent() && before.isPresent()
        ? OptionalLong.of(Math.max(0, resident.getAsLong() - before.getAsLong()))
        : OptionalLong.empty();
    return new OpenStreams(counts.planned(), open, counts.completed(), problem, resident, grown);
  }
}
