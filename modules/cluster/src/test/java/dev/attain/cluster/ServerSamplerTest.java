package dev.attain.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import dev.attain.engines.EnginePage;
import dev.attain.engines.EngineSample;
import dev.attain.engines.EngineStage;
import dev.attain.engines.GpuFigures;
import dev.attain.engines.InstanceRole;
import dev.attain.engines.LatencyHistogram;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerSamplerTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
  private final ManualTime time = ManualTime.get(kit.system());
  private final TestProbe<ServerView> owner = kit.createTestProbe();
  private final AtomicLong nanos = new AtomicLong();

  /** An instance that answers when the test says so. */
  private static final class Asked implements PageReader {
    private final BlockingQueue<CompletableFuture<EnginePage>> questions = new LinkedBlockingQueue<>();
    private volatile boolean closed;

    @Override
    public CompletionStage<EnginePage> read() {
      CompletableFuture<EnginePage> answer = new CompletableFuture<>();
      questions.add(answer);
      return answer;
    }

    @Override
    public void close() {
      closed = true;
    }

    CompletableFuture<EnginePage> next() throws InterruptedException {
      CompletableFuture<EnginePage> question = questions.poll(20, TimeUnit.SECONDS);
      assertThat(question).as("asked").isNotNull();
      return question;
    }
  }

  private final Asked engine = new Asked();

  @AfterEach
  void shutDown() {
    kit.shutdownTestKit();
  }

  private ActorRef<ServerSampler.Command> sampler(Asked... engines) {
    List<WatchedInstance> instances = IntStream.range(0, engines.length)
        .mapToObj(k -> new WatchedInstance("decode-" + k, InstanceRole.DECODE, URI.create("http://127.0.0.1:1"),
            Optional.empty()))
        .toList();
    return kit.spawn(ServerSampler.create(
        new ServerSampler.Setup(SECOND, instances, List.of(engines), nanos::get, 400_000_000L), owner.getRef()));
  }

  private static EnginePage page(double running, double queueSeconds) {
    OptionalDouble none = OptionalDouble.empty();
    return new EnginePage(
        new EngineSample(OptionalDouble.of(running), none, none, none, none, none, none, none),
        Map.of(EngineStage.QUEUE_TIME,
            new LatencyHistogram(Map.of(Double.POSITIVE_INFINITY, queueSeconds), queueSeconds)));
  }

  private void answer(double running, double queueSeconds) throws InterruptedException {
    engine.next().complete(page(running, queueSeconds));
  }

  private void passes(Duration duration) {
    nanos.addAndGet(duration.toNanos());
    time.timePasses(duration);
  }

  private static List<Double> running(ServerView.InstanceView view) {
    return view.samples().stream().map(seen -> seen.figures().running().orElseThrow()).toList();
  }

  @Test
  void anInstanceIsLookedAtBeforeDuringAndAfterThePoint() throws Exception {
    ActorRef<ServerSampler.Command> sampler = sampler(engine);
    answer(0, 5);
    awaitIdle();
    passes(SECOND);
    answer(7, 6);
    awaitIdle();
    sampler.tell(ServerSampler.Finish.INSTANCE);
    answer(1, 9);
    ServerView view = owner.receiveMessage();
    ServerView.InstanceView seen = view.instances().getFirst();
    assertThat(running(seen)).containsExactly(0.0, 7.0, 1.0);
    assertThat(seen.samples().getFirst().seconds()).isEqualTo(-0.4);
    assertThat(seen.samples().getLast().seconds()).isEqualTo(0.6);
    assertThat(seen.stages().get(EngineStage.QUEUE_TIME).count()).as("of the point alone").isEqualTo(4);
    owner.awaitAssert(() -> {
      assertThat(engine.closed).isTrue();
      return true;
    });
  }

  /** Until the sampler has taken in what was answered: a message after it has been handled as well. */
  private void awaitIdle() {
    owner.expectNoMessage(Duration.ofMillis(50));
  }

  @Test
  void aSlowInstanceIsNotAskedAgainBeforeItHasAnswered() throws Exception {
    sampler(engine);
    CompletableFuture<EnginePage> slow = engine.next();
    passes(SECOND.multipliedBy(5));
    awaitIdle();
    assertThat(engine.questions).isEmpty();
    slow.complete(page(3, 0));
    awaitIdle();
    passes(SECOND);
    engine.next();
  }

  @Test
  void aFailedLookIsAGap() throws Exception {
    ActorRef<ServerSampler.Command> sampler = sampler(engine);
    answer(2, 0);
    awaitIdle();
    passes(SECOND);
    engine.next().completeExceptionally(new IllegalStateException("no answer"));
    awaitIdle();
    passes(SECOND);
    answer(4, 0);
    awaitIdle();
    sampler.tell(ServerSampler.Finish.INSTANCE);
    engine.next().completeExceptionally(new IllegalStateException("no answer"));
    assertThat(running(owner.receiveMessage().instances().getFirst())).containsExactly(2.0, 4.0);
  }

  @Test
  void anInstanceWithoutMetricsIsLeftAloneAfterAFewTries() throws Exception {
    ActorRef<ServerSampler.Command> sampler = sampler(engine);
    for (int tries = 1; tries <= 3; tries++) {
      engine.next().completeExceptionally(new IllegalStateException("HTTP 404"));
      awaitIdle();
      passes(SECOND);
    }
    awaitIdle();
    assertThat(engine.questions).isEmpty();
    sampler.tell(ServerSampler.Finish.INSTANCE);
    assertThat(owner.receiveMessage().instances()).isEmpty();
  }

  @Test
  void anInstanceThatHangsAtTheEndIsNotWaitedForLong() throws Exception {
    Asked hanging = new Asked();
    ActorRef<ServerSampler.Command> sampler = sampler(engine, hanging);
    answer(1, 0);
    hanging.next();
    awaitIdle();
    sampler.tell(ServerSampler.Finish.INSTANCE);
    answer(2, 0);
    awaitIdle();
    passes(Duration.ofSeconds(2));
    assertThat(owner.receiveMessage().instances()).extracting(ServerView.InstanceView::instance)
        .containsExactly("decode-0");
  }

  @Test
  void gpusAreKeptApartByNodeAndNumber() {
    ActorRef<ServerSampler.Command> sampler = sampler();
    for (String node : List.of("b", "a", "b")) {
      sampler.tell(new ServerSampler.GpusSeen(node, List.of(new GpuFigures(3, "decode-0", OptionalDouble.of(70_000),
          OptionalDouble.of(0.5), OptionalDouble.empty()))));
    }
    sampler.tell(ServerSampler.Finish.INSTANCE);
    List<ServerView.GpuView> gpus = owner.receiveMessage().gpus();
    assertThat(gpus).extracting(ServerView.GpuView::node).containsExactly("a", "b");
    assertThat(gpus.getLast().samples()).hasSize(2);
  }
}
