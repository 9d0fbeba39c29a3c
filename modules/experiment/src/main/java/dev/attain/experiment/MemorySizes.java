package dev.attain.experiment;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/** Reads amounts of memory out of settings. What fails gets its sentence and a valid stand-in. */
final class MemorySizes {
  private static final Map<String, Long> BYTES = Map.of("KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);
  private static final long LARGEST_BYTES = 1L << 44;

  private MemorySizes() {}

  /** In bytes, from {@code leastMebibytes}, which also stands in, to 16 TiB. */
  static long bytes(Setting setting, int leastMebibytes) {
    long least = (long) leastMebibytes << 20;
    return Amount.of(setting, "MiB", "256").flatMap(amount -> bytes(setting, amount, least)).orElse(least);
  }

  private static Optional<Long> bytes(Setting setting, Amount amount, long least) {
    var unit = BYTES.get(amount.unit());
    if (unit == null) {
      setting.problem(setting.written() + " has the unknown unit " + amount.unit()
          + "; write KiB, MiB or GiB, for example 256 MiB");
      return Optional.empty();
    }
    var bytes = amount.number().multiply(BigDecimal.valueOf(unit));
    if (bytes.compareTo(BigDecimal.valueOf(least)) < 0 || bytes.compareTo(BigDecimal.valueOf(LARGEST_BYTES)) > 0) {
      setting.problem(
          setting.written() + " is no usable size; write for example 256 MiB, and at least " + (least >> 20) + " MiB");
      return Optional.empty();
    }
    setting.resolve(amount.toString());
    return Optional.of(bytes.longValue());
  }
}
