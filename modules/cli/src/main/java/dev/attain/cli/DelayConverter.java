package dev.attain.cli;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time on the command line, always with its unit: {@code 500us}, {@code 10ms}, {@code 2s}. */
final class DelayConverter implements ITypeConverter<Duration> {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9}) ?(us|ms|s)");

  @Override
  public Duration convert(String value) {
    Matcher form = FORM.matcher(value);
    if (!form.matches()) {
      throw new TypeConversionException(
          "'" + value + "' is not a time; write a whole number with its unit: 500us, 10ms, 2s");
    }
    return Duration.of(Long.parseLong(form.group(1)), switch (form.group(2)) {
      case "us" -> ChronoUnit.MICROS;
      case "ms" -> ChronoUnit.MILLIS;
      default -> ChronoUnit.SECONDS;
    });
  }
}
