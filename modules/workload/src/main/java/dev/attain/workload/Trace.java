package dev.attain.workload;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Recorded requests in order of arrival.
 *
 * @param name the file's name without its endings
 * @param arrivalSeconds when each arrived, in seconds from the first; ascending, ties allowed; copied on the way in
 *     and out
 * @param shapes size of each, as many as arrivals
 * @param skippedRows rows left out because they had no prompt or no output
 */
public record Trace(String name, double[] arrivalSeconds, List<RequestShape> shapes, int skippedRows) {
  public Trace {
    Objects.requireNonNull(name, "name");
    arrivalSeconds = arrivalSeconds.clone();
    shapes = List.copyOf(shapes);
    if (arrivalSeconds.length != shapes.size()) {
      throw new IllegalArgumentException(
          "a trace needs as many arrivals as shapes, but has " + arrivalSeconds.length + " and " + shapes.size());
    }
  }

  @Override
  public double[] arrivalSeconds() {
    return arrivalSeconds.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Trace trace && name.equals(trace.name)
        && Arrays.equals(arrivalSeconds, trace.arrivalSeconds) && shapes.equals(trace.shapes)
        && skippedRows == trace.skippedRows;
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, Arrays.hashCode(arrivalSeconds), shapes, skippedRows);
  }

  @Override
  public String toString() {
    return "Trace[" + name + ", " + shapes.size() + " requests, " + skippedRows + " rows skipped]";
  }
}
