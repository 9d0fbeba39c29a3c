package dev.attain.search;

import java.util.OptionalDouble;

/**
 * What a search costs at most, known before it begins. Of one deployment; a segment that cannot be believed and is
 * measured once more comes on top.
 *
 * @param doublings after the first probe, or halvings where those are more
 * @param bisections after those
 * @param probes the first, and all of these
 * @param requests of all segments
 * @param seconds in which requests are due; empty where users set the pace
 */
public record Cost(int doublings, int bisections, int probes, long requests, OptionalDouble seconds) {
  private static final double LITTLE = 1e-9;

  /**
   * With start s, limits l and h, resolution r, at most k segments of n requests: ceil(log2(max(h / s, s / l))) doublings
   * or halvings, ceil(log2(ln 2 / ln(1 + r))) bisections, k n requests for each probe; a segment at rate x lasts n / x.
   */
  public static Cost of(Question question) {
    int up = doublings(question.highest() / question.start());
    int down = doublings(question.start() / question.lowest());
    double mostRatio = question.scale().mostRatio();
    int bisections = Math.max(0,
        (int) Math.ceil(doublingsOf(Math.log(mostRatio) / Math.log1p(question.resolution())) - LITTLE));
    int probes = 1 + Math.max(up, down) + bisections;
    return new Cost(Math.max(up, down), bisections, probes, (long) probes * question.segments() * question.requests(),
        question.scale() == Scale.RATES
            ? OptionalDouble.of(question.segments() * slowest(question, down, bisections))
            : OptionalDouble.empty());
  }

  /** Down to the lowest rate and then just above it. */
  private static double slowest(Question question, int halvings, int bisections) {
    double load = question.start();
    double seconds = question.requests() / load;
    for (int halving = 0; halving < halvings; halving++) {
      load = question.down(load);
      seconds += question.requests() / load;
    }
    return Math.max(seconds + bisections * question.requests() / load, upwards(question, bisections));
  }

  private static double upwards(Question question, int bisections) {
    double seconds = question.requests() / question.start();
    double load = question.start();
    while (load < question.highest()) {
      load = question.up(load);
      seconds += question.requests() / load;
    }
    // A bracket's upper end is at most double its lower one; the lowest bracket of them takes longest.
    return seconds + bisections * question.requests() / question.start();
  }

  private static int doublings(double ratio) {
    return (int) Math.ceil(doublingsOf(ratio) - LITTLE);
  }

  private static double doublingsOf(double ratio) {
    return Math.log(ratio) / Math.log(2);
  }
}
