package dev.attain.report;

/** Where the curves of a figure are drawn, inside their axes. */
record Area(double left, double right, double top, double bottom) {
  double middle() {
    return (left + right) / 2;
  }
}
