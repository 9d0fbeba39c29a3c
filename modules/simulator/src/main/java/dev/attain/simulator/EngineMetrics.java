package dev.attain.simulator;

import dev.attain.simulator.TransferCost.Transfer;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** What one engine has done so far, under the names vLLM counts it. Any thread may record and read. */
final class EngineMetrics {

  private static final double NANOS_PER_SECOND = 1e9;

  final AtomicLong promptTokens = new AtomicLong();
  final AtomicLong promptTokensComputed = new AtomicLong();
  final AtomicLong promptTokensLookedFor = new AtomicLong();
  final AtomicLong promptTokensFound = new AtomicLong();
  final AtomicLong promptTokensTransferred = new AtomicLong();
  final AtomicLong generationTokens = new AtomicLong();
  final AtomicLong preemptions = new AtomicLong();
  final AtomicLong failedTransfers = new AtomicLong();
  final AtomicLong failedNotifications = new AtomicLong();
  final AtomicLong expiredRequests = new AtomicLong();
  final AtomicLong notificationsAfterExpiry = new AtomicLong();
  final Map<FinishReason, AtomicLong> finished = new EnumMap<>(FinishReason.class);

  final BucketHistogram firstToken = new BucketHistogram(.001, .005, .01, .02, .04, .06, .08, .1, .25, .5, .75, 1, 2.5,
      5, 7.5, 10, 20, 40, 80, 160, 640, 2560);
  final BucketHistogram interToken = new BucketHistogram(.01, .025, .05, .075, .1, .15, .2, .3, .4, .5, .75, 1, 2.5, 5,
      7.5, 10, 20, 40, 80);
  final BucketHistogram perOutputToken = interToken.empty();
  final BucketHistogram endToEnd = new BucketHistogram(.3, .5, .8, 1, 1.5, 2, 2.5, 5, 10, 15, 20, 30, 40, 50, 60, 120,
      240, 480, 960, 1920, 7680);
  final BucketHistogram queue = endToEnd.empty();
  final BucketHistogram inference = endToEnd.empty();
  final BucketHistogram prefill = endToEnd.empty();
  final BucketHistogram decode = endToEnd.empty();
  final BucketHistogram requestPromptTokens = new BucketHistogram(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000,
      10_000, 20_000, 50_000, 100_000);
  final BucketHistogram requestGenerationTokens = requestPromptTokens.empty();
  final BucketHistogram iterationTokens = new BucketHistogram(1, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192,
      16_384);
  final BucketHistogram transferTime = new BucketHistogram(.005, .01, .025, .05, .075, .1, .2, .3, .5, .75, 1, 5);
  final BucketHistogram postTime = new BucketHistogram(.001, .0025, .005, .01, .025, .05, .075, .1, .2, .3, .5, .75, 1,
      5);
  final BucketHistogram transferBytes = new BucketHistogram(1 << 11, 1 << 14, 1 << 17, 1 << 20, 1 << 23, 1 << 26,
      1 << 29, 1L << 32);
  final BucketHistogram descriptors = new BucketHistogram(10, 20, 30, 50, 75, 100, 200, 400, 1000, 2000, 4000, 10_000,
      20_000, 50_000);
  final BucketHistogram lateness = new BucketHistogram(.000_05, .000_1, .000_2, .000_5, .001, .002, .005, .01, .02, .05,
      .1, .5);

  volatile int running;
  volatile int waiting;
  volatile int deferred;
  volatile double kvUsage;

  EngineMetrics() {
    for (FinishReason reason : FinishReason.values()) {
      finished.put(reason, new AtomicLong());
    }
  }

  static double seconds(long nanos) {
    return nanos / NANOS_PER_SECOND;
  }

  /** A request's first token: only now does vLLM count its prompt, and where its KV came from. */
  void firstToken(Sequence sequence, long sinceArrivalNanos) {
    int prompt = sequence.order().promptTokens();
    int found = sequence.foundTokens();
    promptTokens.addAndGet(prompt);
    promptTokensFound.addAndGet(found);
    (sequence.pulled() ? promptTokensTransferred : promptTokensComputed).addAndGet(prompt - found);
    if (sequence.order().blockNames().known()) {
      promptTokensLookedFor.addAndGet(prompt);
    }
    firstToken.record(seconds(sinceArrivalNanos));
  }

  /** A completed transfer of KV into this engine. */
  void transferred(Transfer transfer, long nanos) {
    transferTime.record(seconds(nanos));
    postTime.record(seconds(transfer.postNanos()));
    transferBytes.record((double) transfer.bytes());
    descriptors.record(transfer.descriptors());
  }
}
