package dev.attain.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Pieces of JSON that may stand inside an element of a page as they are. */
final class Json {
  /** More than a drawing can show and a hint says. */
  private static final MathContext DIGITS = new MathContext(6);

  private Json() {}

  /** @param membersAndValues in turn; values are JSON */
  static String object(String... membersAndValues) {
    var json = new StringBuilder();
    for (int at = 0; at < membersAndValues.length; at += 2) {
      json.append(at == 0 ? '{' : ',').append('"').append(membersAndValues[at]).append("\":")
          .append(membersAndValues[at + 1]);
    }
    return json.append('}').toString();
  }

  static String array(Stream<String> values) {
    return values.collect(Collectors.joining(",", "[", "]"));
  }

  /** Six significant digits. */
  static String number(double value) {
    return new BigDecimal(value).round(DIGITS).stripTrailingZeros().toString();
  }

  /** What HTML and XML could mistake for theirs is written as code points. */
  static String string(String text) {
    return text.chars()
        .mapToObj(it -> it < ' ' || it == '"' || it == '\\' || it == '<' || it == '&' || it == '>'
            ? String.format("\\u%04x", it)
            : String.valueOf((char) it))
        .collect(Collectors.joining("", "\"", "\""));
  }
}
