package dev.attain.client;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The response header {@code Keep-Alive: timeout=SECONDS}: how long a server keeps an idle connection. */
final class KeepAlive {
  private static final Pattern TIMEOUT = Pattern.compile("(?:^|[,;\\s])timeout\\s*=\\s*\"?(\\d{1,9})");
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  /** The margin: as 4 s are to the 5 s of the usual server. */
  private static final double USED = 0.8;
  /** Whatever lies between may be less patient than a server that says more. */
  private static final long LONGEST_NANOS = 60 * NANOS_PER_SECOND;

  private KeepAlive() {}

  /** How long a connection may be idle and still be used, in nanoseconds; -1 when the header does not say. */
  static long usableNanos(String header) {
    Matcher timeout = TIMEOUT.matcher(header.toLowerCase(Locale.ROOT));
    return timeout.find()
        ? Math.min(LONGEST_NANOS, (long) (USED * Long.parseLong(timeout.group(1)) * NANOS_PER_SECOND))
        : -1;
  }
}
