package dev.attain.simulator;

import dev.attain.simulator.SequenceOrder.KvSource;
import java.util.Locale;
import java.util.Random;

/**
 * Not a test: how many tokens a second the engine core simulates in virtual time on one core, under a Poisson load of
 * Llama 3.1 8B on H100 with prompts around 1000 and answers around 200 tokens.
 */
public final class CoreBenchmark implements SequenceListener {

  private static final int REQUESTS = 20_000;
  private static final double REQUESTS_PER_SECOND = 20;

  private long tokens;

  private CoreBenchmark() {}

  /** Runs it five times; the last ones are warm. */
  public static void main(String[] arguments) {
    for (int round = 0; round < 5; round++) {
      CoreBenchmark benchmark = new CoreBenchmark();
      long start = System.nanoTime();
      long steps = benchmark.run();
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.println(String.format(Locale.ROOT, "%d requests, %d steps, %d tokens in %.3f s: %.1f million tokens/s",
          REQUESTS, steps, benchmark.tokens, seconds, benchmark.tokens / seconds / 1e6));
    }
  }

  private long run() {
    EngineCore core = new EngineCore(VirtualEngine.LIMITS, VirtualEngine.llamaOnH100(1), VirtualEngine.TRANSFER);
    Random random = new Random(1);
    long clock = 0;
    long arrival = 0;
    long steps = 0;
    int submitted = 0;
    while (submitted < REQUESTS || core.runningCount() + core.waitingCount() > 0) {
      while (submitted < REQUESTS && arrival <= clock) {
        core.submit(new Sequence(new SequenceOrder(500 + random.nextInt(1000), 100 + random.nextInt(200),
            FinishReason.LENGTH, KvSource.COMPUTED, false, arrival), this));
        arrival += Math.round(-Math.log(1 - random.nextDouble()) / REQUESTS_PER_SECOND * 1e9);
        submitted++;
      }
      long end = core.step(clock);
      steps++;
      clock = end == EngineCore.IDLE ? arrival : end;
    }
    return steps;
  }

  @Override
  public void token(Sequence sequence, long dueNanos) {
    tokens++;
  }

  @Override
  public void pull(Sequence sequence, long nanos) {
    throw new AssertionError("nothing is pulled here");
  }

  @Override
  public void landed(Sequence sequence, long nanos) {
    throw new AssertionError("nothing is pulled here");
  }

  @Override
  public void expired(Sequence sequence, long nanos) {
    throw new AssertionError("nothing is held here");
  }

  @Override
  public void failed(Sequence sequence, long nanos) {
    throw new AssertionError("nothing fails here");
  }
}
