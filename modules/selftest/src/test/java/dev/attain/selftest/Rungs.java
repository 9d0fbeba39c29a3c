package dev.attain.selftest;

/** Rungs of a ladder as tests need them. */
final class Rungs {
  private static final ServerReport PUNCTUAL = new ServerReport(1, 1, 0, 10, 10, 100, 200, 300, 100);
  private static final ServerReport LATE = new ServerReport(1, 1, 0, 10, 10, 900, 2000, 3000, 900);

  private Rungs() {}

  static Rung good(double requestsPerSecond) {
    return of(requestsPerSecond, new Deviation(20, 300), 200, 0.3, PUNCTUAL);
  }

  /** Errors of 3 ms. */
  static Rung wrong(double requestsPerSecond) {
    return of(requestsPerSecond, new Deviation(20, 3000), 200, 0.3, PUNCTUAL);
  }

  /** The same, of a server that is late. */
  static Rung wrongServer(double requestsPerSecond) {
    return of(requestsPerSecond, new Deviation(20, 3000), 200, 0.3, LATE);
  }

  /** Errors of 3 ms, sent 3 ms late by a loop at 90 %. */
  static Rung invalid(double requestsPerSecond) {
    return of(requestsPerSecond, new Deviation(20, 3000), 3000, 0.9, PUNCTUAL);
  }

  /** As good as none: half a second late. */
  static Rung collapsed(double requestsPerSecond) {
    return of(requestsPerSecond, new Deviation(20, 3000), 500_000, 0.99, PUNCTUAL);
  }

  static Rung of(double requestsPerSecond, Deviation error, double sendLagMicros, double busiestLoop,
      ServerReport server) {
    return new Rung(requestsPerSecond, 50, 100, 100, "", requestsPerSecond, error, error, sendLagMicros, 12,
        busiestLoop, 0, server);
  }
}
