package dev.attain.workload;

import java.util.Arrays;
import java.util.List;

/**
 * Where a trace file keeps what, found by the names in its first line. Values are separated by commas; quotes around a
 * value are taken off, but must not hold a comma.
 */
final class TraceColumns {
  private static final String SECONDS = "arrived_at";
  private static final String TIMESTAMP = "TIMESTAMP";
  private static final List<String> ARRIVAL = List.of(SECONDS, TIMESTAMP);
  private static final List<String> PROMPT = List.of("num_prefill_tokens", "ContextTokens");
  private static final List<String> OUTPUT = List.of("num_decode_tokens", "GeneratedTokens");

  /** One row as it is in the file; token counts may be zero. */
  record Row(long arrivalNanos, int promptTokens, int outputTokens) {}

  /** Something wrong with a line; the caller knows its number. */
  static final class BadLineException extends Exception {
    private static final long serialVersionUID = 1;

    BadLineException(String problem) {
      super(problem);
    }
  }

  private final List<String> names;
  private final int arrival;
  private final int prompt;
  private final int output;

  private TraceColumns(List<String> names) throws BadLineException {
    this.names = names;
    arrival = find(ARRIVAL);
    prompt = find(PROMPT);
    output = find(OUTPUT);
  }

  static TraceColumns ofHeader(String line) throws BadLineException {
    return new TraceColumns(split(line));
  }

  Row row(String line) throws BadLineException {
    List<String> values = split(line);
    if (values.size() != names.size()) {
      throw new BadLineException("the line has " + values.size() + " values, but the first line names " + names.size()
          + " columns; write one value for each");
    }
    return new Row(nanos(values.get(arrival)), tokens(values, prompt), tokens(values, output));
  }

  private long nanos(String value) throws BadLineException {
    String name = names.get(arrival);
    if (name.equalsIgnoreCase(SECONDS)) {
      return TraceTimes.ofSeconds(value).orElseThrow(() -> bad(name, value, "seconds such as 12.5"));
    }
    return TraceTimes.ofTimestamp(value)
        .orElseThrow(() -> bad(name, value, "a date and time such as 2023-11-16 18:17:03.9799600"));
  }

  private int tokens(List<String> values, int column) throws BadLineException {
    String value = values.get(column);
    try {
      int tokens = Integer.parseInt(value);
      if (tokens >= 0) {
        return tokens;
      }
    } catch (NumberFormatException e) {
      // The sentence below says what would be right.
    }
    throw bad(names.get(column), value, "a whole number of tokens, 0 or more");
  }

  private int find(List<String> accepted) throws BadLineException {
    for (String name : accepted) {
      for (int column = 0; column < names.size(); column++) {
        if (names.get(column).equalsIgnoreCase(name)) {
          return column;
        }
      }
    }
    throw new BadLineException("no column is named " + String.join(" or ", accepted)
        + "; the first line must name the columns of a trace, such as " + String.join(",", SECONDS, PROMPT.get(0),
            OUTPUT.get(0))
        + " or " + String.join(",", TIMESTAMP, PROMPT.get(1), OUTPUT.get(1)) + ", in any order");
  }

  private static BadLineException bad(String name, String value, String right) {
    return new BadLineException(name + " is '" + value + "'; write " + right);
  }

  private static List<String> split(String line) {
    return Arrays.stream(line.split(",", -1)).map(TraceColumns::bare).toList();
  }

  private static String bare(String value) {
    String trimmed = value.strip();
    boolean quoted = trimmed.length() >= 2 && trimmed.startsWith("\"") && trimmed.endsWith("\"");
    return quoted ? trimmed.substring(1, trimmed.length() - 1) : trimmed;
  }
}
