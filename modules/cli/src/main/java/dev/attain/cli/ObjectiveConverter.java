package dev.attain.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An objective on the command line in milliseconds: {@code 200}, or with a unit {@code 200ms}, {@code 0.2 s}. */
final class ObjectiveConverter implements ITypeConverter<Double> {
  private static final Pattern FORM = Pattern.compile("([-+]?\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?) ?(us|ms|s|)");

  @Override
  public Double convert(String value) {
    Matcher form = FORM.matcher(value);
    if (!form.matches()) {
      throw new TypeConversionException(
          "'" + value + "' is not a time; write milliseconds, or a unit: 200, 200ms, 0.2s");
    }
    double number = Double.parseDouble(form.group(1));
    return switch (form.group(2)) {
      case "us" -> number / 1e3;
      case "s" -> number * 1e3;
      default -> number;
    };
  }
}
