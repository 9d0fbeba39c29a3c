package dev.attain.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The JVM's own count and time of safepoints, read from the memory that HotSpot shares with tools such as jstat: no
 * system call, no option of the JVM, nothing internal. Other JVMs, and those with {@code -XX:-UsePerfData} or {@code
 * -XX:+PerfDisableSharedMem}, have no such file.
 */
final class SafepointCounters {
  private static final int MAGIC = 0xcafec0c0;
  private static final int ENTRIES_AT = 24;
  private static final int COUNT_AT = 28;
  private static final int MOST_ENTRIES = 10_000;
  private static final String COUNT = "sun.rt.safepoints";
  private static final String TICKS = "sun.rt.safepointTime";
  private static final String TICKS_PER_SECOND = "sun.os.hrt.frequency";

  private final ByteBuffer memory;
  private final int countAt;
  private final int ticksAt;
  private final double nanosPerTick;

  private SafepointCounters(ByteBuffer memory, Map<String, Integer> places) {
    this.memory = memory;
    this.countAt = places.get(COUNT);
    this.ticksAt = places.get(TICKS);
    this.nanosPerTick = 1e9 / memory.getLong(places.get(TICKS_PER_SECOND));
  }

  /** Of this JVM; empty when it does not offer them. */
  static Optional<SafepointCounters> ofThisJvm() {
    Path file = Path.of(System.getProperty("java.io.tmpdir"), "hsperfdata_" + System.getProperty("user.name"),
        String.valueOf(ProcessHandle.current().pid()));
    try (FileChannel channel = FileChannel.open(file)) {
      return in(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /** Empty when this is not the format that HotSpot has had since Java 5, or lacks what is looked for. */
  static Optional<SafepointCounters> in(ByteBuffer shared) {
    ByteBuffer memory = shared.duplicate().order(ByteOrder.nativeOrder());
    if (Integer.reverseBytes(memory.getInt(0)) != MAGIC && memory.getInt(0) != MAGIC) {
      return Optional.empty();
    }
    Map<String, Integer> places = new HashMap<>();
    int entry = memory.getInt(ENTRIES_AT);
    int entries = Math.min(memory.getInt(COUNT_AT), MOST_ENTRIES);
    for (int k = 0; k < entries; k++) {
      int length = memory.getInt(entry);
      // A length of items means an array; these are single numbers, and 'J' is the mark of a long.
      if (length > 0 && memory.getInt(entry + 8) == 0 && memory.get(entry + 12) == 'J') {
        places.put(text(memory, entry + memory.getInt(entry + 4)), entry + memory.getInt(entry + 16));
      }
      entry += Math.max(1, length);
    }
    return places.containsKey(COUNT) && places.containsKey(TICKS) && places.containsKey(TICKS_PER_SECOND)
        ? Optional.of(new SafepointCounters(memory, places))
        : Optional.empty();
  }

  private static String text(ByteBuffer memory, int from) {
    int to = from;
    while (memory.get(to) != 0) {
      to++;
    }
    byte[] name = new byte[to - from];
    memory.get(from, name);
    return new String(name, StandardCharsets.US_ASCII);
  }

  /** Safepoints since the JVM began. */
  long count() {
    return memory.getLong(countAt);
  }

  /** Nanoseconds in safepoints since the JVM began. */
  long nanos() {
    return Math.round(memory.getLong(ticksAt) * nanosPerTick);
  }
}
