package dev.attain.report;

import dev.attain.results.LoopKind;
import dev.attain.results.Manifest;
import dev.attain.results.PointSummary;
import java.util.List;
import java.util.stream.Stream;

/** What the points of a bundle have more or less of, in words. */
enum LoadUnit {
  /** Open loop: a rate is sustained, or not. */
  RATE("req/s", "request rate", "request rate (req/s)", "rate", "sustains", "rate"),
  /** Closed loop: users are served, which says nothing of a rate that would be sustained. */
  USERS("users", "concurrent users", "concurrent users (closed loop)", "concurrency", "serves", "number of users");

  /** What a reader of a closed loop must know. */
  static final String CLOSED_LOOP = "Closed loop: the server sets the pace. Each user sends the next request when the one"
      + " before has ended; latency counts from the instant a user is ready. A server that slows down is asked less, so"
      + " that overload cannot show, and no request rate that it would sustain follows from this.";

  private final String symbol;
  final String words;
  final String axis;
  /** A part of file names. */
  final String name;
  final String verb;
  final String noun;

  LoadUnit(String symbol, String words, String axis, String name, String verb, String noun) {
    this.symbol = symbol;
    this.words = words;
    this.axis = axis;
    this.name = name;
    this.verb = verb;
    this.noun = noun;
  }

  /** All points of an experiment have the same. */
  static LoadUnit of(Manifest manifest) {
    return manifest.points().stream().anyMatch(point -> point.loop() == LoopKind.CLOSED) ? USERS : RATE;
  }

  static LoadUnit of(List<PointSummary> points) {
    return points.stream().anyMatch(point -> point.loop() == LoopKind.CLOSED) ? USERS : RATE;
  }

  /** {@code req/s}. */
  String symbol() {
    return symbol;
  }

  /** What stands behind a level in file names. */
  String fileName() {
    return this == USERS ? "users" : "qps";
  }

  /** {@code 2.125 req/s}, {@code 8 users}, {@code 1 user}. */
  String of(double level) {
    return Numbers.exact(level) + " " + (this == USERS && level == 1 ? "user" : symbol);
  }

  /** {@code 2, 4 req/s}. */
  String of(Stream<Double> levels) {
    return String.join(", ", levels.map(Numbers::exact).toList()) + " " + symbol;
  }
}
