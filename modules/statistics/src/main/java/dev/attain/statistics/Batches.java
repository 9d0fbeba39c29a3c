package dev.attain.statistics;

/** Means of consecutive batches of nearly equal length, which resemble each other less than single values do. */
final class Batches {
  private Batches() {}

  /**
   * The means of so many batches; the first ones are not shorter than the last.
   *
   * @param batches at least 1 and at most as many as there are values
   */
  static double[] means(double[] values, int batches) {
    var means = new double[batches];
    for (int batch = 0; batch < batches; batch++) {
      int from = bound(values.length, batch, batches);
      int to = bound(values.length, batch + 1, batches);
      double sum = 0;
      for (int index = from; index < to; index++) {
        sum += values[index];
      }
      means[batch] = sum / (to - from);
    }
    return means;
  }

  static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return values.length == 0 ? 0 : sum / values.length;
  }

  private static int bound(int length, int batch, int batches) {
    return Math.toIntExact(Math.ceilDiv((long) length * batch, (long) batches));
  }
}
