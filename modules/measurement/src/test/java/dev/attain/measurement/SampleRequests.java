package dev.attain.measurement;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Requests for tests: one with given latencies, or random ones of every outcome. */
final class SampleRequests {
  static final Slo SLO = new Slo(Duration.ofMillis(500), Duration.ofMillis(30));

  private SampleRequests() {}

  /** Sent on time at 0; the first token after {@code ttftNanos}, the last {@code decodingNanos} later. */
  static RequestRecord completed(long ttftNanos, long decodingNanos, int tokens) {
    return new RequestRecord(0, 100, tokens, tokens, tokens, 0, 0, RequestRecord.NEVER, RequestRecord.NEVER, ttftNanos,
        ttftNanos, ttftNanos + decodingNanos, ttftNanos + decodingNanos, Outcome.COMPLETED, "", -1, 0);
  }

  /** As {@link #completed}, in two legs: the prefill leg answered and the decode leg sent at these instants. */
  static RequestRecord inTwoLegs(long prefillDoneNanos, long decodeSentNanos, long ttftNanos) {
    return new RequestRecord(0, 100, 1, 1, 1, 0, 0, prefillDoneNanos, decodeSentNanos, ttftNanos, ttftNanos, ttftNanos,
        ttftNanos, Outcome.COMPLETED, "", 0, 0);
  }

  /** Intended at 0, without an answer. */
  static RequestRecord ended(Outcome outcome, long sentNanos) {
    return new RequestRecord(0, 100, 10, 0, 0, 0, sentNanos, RequestRecord.NEVER, RequestRecord.NEVER,
        RequestRecord.NEVER, RequestRecord.NEVER, RequestRecord.NEVER, 1000, outcome, "for a test", -1, -1);
  }

  static List<RequestRecord> random(long seed, int count) {
    Random random = new Random(seed);
    List<RequestRecord> requests = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      requests.add(random(random, index));
    }
    return requests;
  }

  private static RequestRecord random(Random random, int index) {
    long intended = index * 1_000_000L;
    int kind = random.nextInt(10);
    if (kind == 0) {
      return new RequestRecord(index, 50, 8, 0, 0, intended, RequestRecord.NEVER, RequestRecord.NEVER,
          RequestRecord.NEVER, RequestRecord.NEVER, RequestRecord.NEVER, RequestRecord.NEVER, intended, Outcome.UNSENT,
          "stopped", -1, -1);
    }
    long sent = intended + (long) (50_000 * Math.exp(random.nextGaussian()));
    if (kind <= 2) {
      return new RequestRecord(index, 50, 8, 3, 3, intended, sent, RequestRecord.NEVER, RequestRecord.NEVER, sent + 5,
          sent + 7, sent + 9, sent + 10, kind == 1 ? Outcome.FAILED : Outcome.TIMED_OUT, "broken", 0, 0);
    }
    int tokens = 1 + random.nextInt(300);
    long first = sent + (long) (300e6 * Math.exp(1.5 * random.nextGaussian()));
    long perToken = (long) (25e6 * Math.exp(0.5 * random.nextGaussian()));
    long last = first + (tokens - 1L) * perToken;
    boolean twoLegs = kind % 2 == 0;
    long prefillDone = sent + (long) ((first - sent) * random.nextDouble());
    long decodeSent = prefillDone + (first - prefillDone) / (2 + random.nextInt(1000));
    return new RequestRecord(index, 1 + random.nextInt(4000), tokens, tokens, tokens, intended, sent,
        twoLegs ? prefillDone : RequestRecord.NEVER, twoLegs ? decodeSent : RequestRecord.NEVER, first, first, last,
        last,
        Outcome.COMPLETED, "", twoLegs ? 0 : -1, 1);
  }

  /** What an event loop tells its recorder about a request, from sending to the end. */
  static void replay(RequestRecord request, Recorder recorder) {
    if (request.outcome() != Outcome.UNSENT) {
      recorder.sent();
    }
    for (int event = 1; event < request.tokenEvents(); event++) {
      recorder.tokenGap(1_000_000L * (request.index() % 40) + 13L * event);
    }
    recorder.finished(request);
  }

  static Snapshot snapshotOf(List<RequestRecord> requests) {
    Recorder recorder = new Recorder(SLO);
    requests.forEach(request -> replay(request, recorder));
    return new Collector(List.of(recorder), requests.size()).snapshot();
  }
}
