package dev.attain.report;

/** A picture of the report, {@link ChartPainter#WIDTH} units wide on every canvas. */
sealed interface Figure permits Chart, Lanes, RankingChart, StackedBars {
  /** File name without its ending. */
  String name();

  String title();

  /** In units of the drawing. */
  double height();

  void paintOn(Canvas canvas);
}
