package dev.attain.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.netty.channel.DefaultEventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EngineThreadTest {

  private static final long MILLI = 1_000_000;

  private final DefaultEventLoop loop = new DefaultEventLoop();
  private final EngineMetrics metrics = new EngineMetrics();

  @AfterEach
  void stop() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  @Test
  void wallTimeGivesTheTokenTimesOfVirtualTime() throws Exception {
    EngineSetup setup = SimulatorOptions.parse(List.of("--max-num-batched-tokens", "300", "--max-num-seqs", "8"),
        Map.of()).engine();
    // The engine must stand before the first request is due, however busy the machine.
    long origin = System.nanoTime() + 1500 * MILLI;
    List<SequenceOrder> orders = orders(origin);

    List<Recorded> virtual = orders.stream().map(EngineThreadTest::recorded).toList();
    new VirtualEngine(setup.newCore()).serve(virtual);
    serve(setup, orders);

    double firstTokens = virtual.stream().mapToDouble(each -> each.firstTokenNanos() - arrival(each)).sum();
    double ends = virtual.stream().mapToDouble(each -> each.tokenNanos.getLast() - arrival(each)).sum();
    assertThat(metrics.firstToken.sum()).isCloseTo(firstTokens / 1e9, within(1e-6));
    assertThat(metrics.endToEnd.sum()).isCloseTo(ends / 1e9, within(1e-6));
  }

  private void serve(EngineSetup setup, List<SequenceOrder> orders) throws InterruptedException {
    EngineThread engine = new EngineThread(setup, new FrontEndCost(0, 0, 0), StepFaults.NONE, metrics, List.of(loop),
        new Nowhere());
    CountDownLatch answered = new CountDownLatch(orders.size());
    for (SequenceOrder order : orders) {
      engine.submit(new LiveRequest("request", order,
          new RequestTruth("request", order.arrivalNanos(), Optional.empty(), Optional.empty()), Optional.empty(),
          false,
          new Counting(answered), engine, 0));
    }
    engine.start();
    assertThat(answered.await(20, TimeUnit.SECONDS)).isTrue();
    engine.stop();
  }

  private static List<SequenceOrder> orders(long origin) {
    Random random = new Random(3);
    List<SequenceOrder> orders = new ArrayList<>();
    long arrival = origin;
    for (int i = 0; i < 25; i++) {
      arrival += random.nextInt((int) (20 * MILLI));
      orders.add(new SequenceOrder(1 + random.nextInt(400), 1 + random.nextInt(20), FinishReason.LENGTH,
          SequenceOrder.KvSource.COMPUTED, false, arrival));
    }
    return orders;
  }

  private static Recorded recorded(SequenceOrder order) {
    return Recorded.request(order.promptTokens(), order.outputTokens(), order.arrivalNanos());
  }

  private static long arrival(Recorded recorded) {
    return recorded.sequence.order().arrivalNanos();
  }

  /** Counts complete answers. */
  private record Counting(CountDownLatch answered) implements Answer {

    @Override
    public void token(LiveRequest request, boolean last) {
      answered.countDown();
    }

    @Override
    public void failed() {
      throw new AssertionError("nothing fails here");
    }
  }

  /** There is no other instance. */
  private static final class Nowhere implements EngineThread.RemoteKvSource {

    @Override
    public void ask(LiveRequest request) {
      throw new AssertionError("nothing is pulled here");
    }

    @Override
    public void release(LiveRequest request) {
      throw new AssertionError("nothing is pulled here");
    }
  }
}
