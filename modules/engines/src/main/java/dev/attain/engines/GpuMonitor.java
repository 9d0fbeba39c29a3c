package dev.attain.engines;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * One {@code nvidia-smi} that says again and again how the GPUs are, until it is closed or this JVM ends. It writes into a
 * file, which stays as a log; starting it anew for each look would cost the node a noticeable part of a core.
 *
 * <p>
 * For one thread at a time.
 */
public final class GpuMonitor implements AutoCloseable {
  private static final String FIELDS = "index,memory.used,utilization.gpu,power.draw";
  private static final int MOST_BYTES = 1 << 20;

  private final GuardedProcess process;
  private final Map<Integer, String> instances;
  private long position;

  private GpuMonitor(GuardedProcess process, Map<Integer, String> instances) {
    this.process = process;
    this.instances = new TreeMap<>(instances);
  }

  /**
   * Starts watching; empty when there is no {@code nvidia-smi}.
   *
   * @param instances whom each GPU was given to, by its number; others are not watched
   * @param log where nvidia-smi writes to, a file that does not exist yet
   * @throws IOException when it cannot be started; the message is a sentence for the user
   */
  public static Optional<GpuMonitor> start(Duration interval, Map<Integer, String> instances, Path log)
      throws IOException {
    return start(interval, instances, log, System.getenv());
  }

  static Optional<GpuMonitor> start(Duration interval, Map<Integer, String> instances, Path log,
      Map<String, String> environment) throws IOException {
    Optional<Path> program = Executables.withEnvironment(environment).find(NvidiaSmi.PROGRAM);
    if (program.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new GpuMonitor(GuardedProcess.start(List.of(program.get().toString(),
        "--query-gpu=" + FIELDS, "--format=csv,noheader,nounits", "-lms", Long.toString(interval.toMillis())),
        Map.of(), log), instances));
  }

  /** Whether nvidia-smi still runs. */
  public boolean alive() {
    return process.alive();
  }

  /**
   * What has been said of the watched GPUs since the last call, in order.
   *
   * @throws IOException when the log cannot be read
   */
  public List<GpuFigures> newFigures() throws IOException {
    return newLines().lines().map(this::figures).flatMap(Optional::stream).toList();
  }

  /** Whole lines only; the rest of a line comes with the next call. */
  private String newLines() throws IOException {
    try (FileChannel channel = FileChannel.open(process.logFile(), StandardOpenOption.READ)) {
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(MOST_BYTES, Math.max(0, channel.size() - position)));
      channel.read(bytes, position);
      String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
      String whole = text.substring(0, text.lastIndexOf('\n') + 1);
      position += whole.length();
      return whole;
    }
  }

  private Optional<GpuFigures> figures(String line) {
    String[] fields = line.split(",", -1);
    OptionalDouble gpu = number(fields[0]);
    String instance = gpu.isPresent() ? instances.get((int) gpu.getAsDouble()) : null;
    if (fields.length != 4 || instance == null) {
      return Optional.empty();
    }
    OptionalDouble percent = number(fields[2]);
    return Optional.of(new GpuFigures((int) gpu.getAsDouble(), instance, number(fields[1]),
        percent.isPresent() ? OptionalDouble.of(percent.getAsDouble() / 100) : percent, number(fields[3])));
  }

  /** What the driver does not tell is a word in brackets. */
  private static OptionalDouble number(String field) {
    return field.strip().matches("\\d{1,9}(\\.\\d+)?")
        ? OptionalDouble.of(Double.parseDouble(field.strip()))
        : OptionalDouble.empty();
  }

  @Override
  public void close() {
    process.close();
  }
}
