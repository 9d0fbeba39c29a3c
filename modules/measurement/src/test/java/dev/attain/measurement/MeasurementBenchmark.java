package dev.attain.measurement;

import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;

/**
 * Prints what recording and collecting cost on this machine; run its main method. It asserts nothing, because speed is
 * not a property of the code alone.
 */
final class MeasurementBenchmark {
  private static final NanoClock CLOCK = NanoClock.system();
  private static final int ROUNDS = 5;

  private MeasurementBenchmark() {}

  /** @param arguments none */
  public static void main(String[] arguments) {
    Recorder recorder = new Recorder(SampleRequests.SLO);
    Collector collector = new Collector(List.of(recorder), 10_000_000);
    RequestRecord request = SampleRequests.completed(300_000_000, 2_000_000_000, 100);
    List<RequestRecord> requests = SampleRequests.random(1, 20_000);
    for (int round = 1; round <= ROUNDS; round++) {
      System.out.println("round " + round + " of " + ROUNDS);
      cost("tokenGap", 10_000_000, call -> recorder.tokenGap(20_000_000 + (call * 7919 & 0xFFFFFF)));
      cost("sent and finished", 2_000_000, call -> {
        recorder.sent();
        recorder.finished(request);
      });
      requests.forEach(each -> SampleRequests.replay(each, recorder));
      cost("snapshot", 200, call -> collector.snapshot());
      Snapshot snapshot = collector.snapshot();
      cost("encode", 100, call -> snapshot.encode());
      EncodedSnapshot encoded = snapshot.encode();
      cost("decode", 100, call -> encoded.decode());
      SnapshotMerge merge = new SnapshotMerge();
      for (int node = 0; node < 8; node++) {
        merge.offer("load-" + node, snapshot);
      }
      cost("total of 8 nodes", 100, call -> merge.total());
      System.out.println("  encoded bytes: " + encoded.histograms().values().stream().mapToInt(b -> b.length).sum());
    }
  }

  private static void cost(String what, int calls, LongConsumer work) {
    long start = CLOCK.nanos();
    for (long call = 0; call < calls; call++) {
      work.accept(call);
    }
    double nanosPerCall = (double) (CLOCK.nanos() - start) / calls;
    System.out.println(String.format(Locale.ROOT, "  %-18s %12.1f ns", what, nanosPerCall));
  }
}
