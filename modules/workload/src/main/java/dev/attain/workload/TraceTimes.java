package dev.attain.workload;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;

/** Points in time as trace files write them, in nanoseconds from some origin that is the same for a whole file. */
final class TraceTimes {
  private static final double NANOS_PER_SECOND = 1e9;
  /** Seconds whose nanoseconds a long can count, in either direction. */
  private static final double MOST_SECONDS = 9e9;

  /** Up to nine decimals; a time without a zone is taken as UTC, since only differences matter. */
  private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder()
      .append(DateTimeFormatter.ISO_LOCAL_DATE).appendPattern("[' ']['T']").append(DateTimeFormatter.ISO_LOCAL_TIME)
      .optionalStart().appendOffsetId().toFormatter(Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

  private TraceTimes() {}

  /** Decimal seconds. */
  static Optional<Long> ofSeconds(String text) {
    try {
      double seconds = Double.parseDouble(text);
      return Math.abs(seconds) <= MOST_SECONDS ? Optional.of(Math.round(seconds * NANOS_PER_SECOND)) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Date and time. */
  static Optional<Long> ofTimestamp(String text) {
    try {
      TemporalAccessor time = TIMESTAMP.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
      Instant instant = time instanceof OffsetDateTime zoned
          ? zoned.toInstant()
          : LocalDateTime.from(time).toInstant(ZoneOffset.UTC);
      return Optional
          .of(Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano()));
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }
}
