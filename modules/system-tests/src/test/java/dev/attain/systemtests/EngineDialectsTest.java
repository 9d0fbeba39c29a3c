package dev.attain.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attain.client.BodyField;
import dev.attain.client.ClientSettings;
import dev.attain.client.ConnectionsAhead;
import dev.attain.client.Dialect;
import dev.attain.client.LoadClient;
import dev.attain.client.LoadRun;
import dev.attain.client.PlannedArrivals;
import dev.attain.client.Target;
import dev.attain.engines.EngineConnection;
import dev.attain.engines.EngineKind;
import dev.attain.engines.EnginePage;
import dev.attain.engines.MetricNames;
import dev.attain.engines.RequestDialect;
import dev.attain.experiment.Engine;
import dev.attain.experiment.GpuUse;
import dev.attain.experiment.Launch;
import dev.attain.measurement.NanoClock;
import dev.attain.measurement.Outcome;
import dev.attain.measurement.RequestRecord;
import dev.attain.measurement.Slo;
import dev.attain.workload.LengthDistribution;
import dev.attain.workload.ModelLimits;
import dev.attain.workload.PromptForm;
import dev.attain.workload.ShapeSource;
import dev.attain.workload.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every kind of engine as the client meets it: requests as that kind takes them, answers as it streams them, read from a
 * socket of the simulator, whose truth is known.
 */
class EngineDialectsTest {
  private static final String MODEL = "qwen3-0.6b";
  private static final int REQUESTS = 5;
  private static final int TOKENS = 6;
  private static final int PROMPT_TOKENS = 40;
  private static final int PERIOD_NANOS = 70_000_000;
  /** Steps so long that a stamp of another token, or of an event without one, cannot be taken for the right one. */
  private static final List<String> SLOW = List.of("--sim-host-ms", "60", "--sim-prefill-host-ms", "120");
  private static final long HALF_A_STEP_NANOS = 30_000_000;
  private static final Launch NO_LAUNCH = new Launch(List.of(), Map.of(), Map.of(), List.of(), GpuUse.EXCLUSIVE, 1);

  @TempDir
  private Path folder;

  static Stream<Arguments> dialects() {
    return Stream.of(new Engine.Simulator("h100", MODEL, Map.of(), List.of()), new Engine.Sglang(NO_LAUNCH),
        new Engine.TensorRtLlm(NO_LAUNCH), new Engine.Lmdeploy(NO_LAUNCH), new Engine.TransformersServe(NO_LAUNCH))
        .flatMap(engine -> Arrays.stream(Dialect.values())
            .map(endpoint -> Arguments.of(engine.kind(), engine, endpoint)));
  }

  private SimulatedEngine start(Engine engine) {
    List<String> ownMetrics = engine instanceof Engine.Sglang ? List.of("--enable-metrics") : List.of();
    String style = engine instanceof Engine.Simulator ? "vllm" : engine.kind();
    return SimulatedEngine.start(folder.resolve("truth.jsonl"),
        Stream.of(List.of(MODEL, "--sim-dialect", style), SLOW, ownMetrics).flatMap(List::stream).toList());
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("dialects")
  void recordsHoldTheTokensAndTheInstantsOfTheTruth(String name, Engine engine, Dialect endpoint) throws Exception {
    EngineKind kind = EngineKind.of(engine);
    try (SimulatedEngine served = start(engine)) {
      long originNanos = System.nanoTime() + PERIOD_NANOS;
      List<RequestRecord> records = run(served, kind.dialect(), endpoint, originNanos);

      assertThat(records).hasSize(REQUESTS).allSatisfy(record -> {
        JsonNode truth = served.truthOf("told-" + record.index());
        assertThat(record.outcome()).as(record.reason()).isEqualTo(Outcome.COMPLETED);
        assertThat(truth.get("finish").asText()).isEqualTo("length");
        assertThat(record.outputTokens()).isEqualTo(truth.get("tokenNanos").size()).isEqualTo(TOKENS);
        assertThat(record.tokenEvents()).isEqualTo(TOKENS);
        assertThat(originNanos + record.sentNanos()).isLessThan(truth.get("receivedNanos").asLong());
        assertThat(originNanos + record.firstTokenNanos()).isGreaterThan(truth.get("tokenNanos").get(0).asLong());
        assertThat(originNanos + record.lastTokenNanos())
            .isGreaterThan(truth.get("tokenNanos").get(TOKENS - 1).asLong());
      });
      assertThat(medianApart(served, records, 0, it -> originNanos + it.firstTokenNanos())).as("first token")
          .isLessThan(HALF_A_STEP_NANOS);
      assertThat(medianApart(served, records, TOKENS - 1, it -> originNanos + it.lastTokenNanos())).as("last token")
          .isLessThan(HALF_A_STEP_NANOS);
      if (kind.metrics().isPresent()) {
        assertMetricsAreUnderstood(served, kind.metrics().get());
      }
    }
  }

  private static List<RequestRecord> run(SimulatedEngine served, RequestDialect dialect, Dialect endpoint,
      long originNanos) throws InterruptedException {
    PromptForm form = dialect.tokenIds() && endpoint == Dialect.COMPLETIONS ? PromptForm.TOKEN_IDS : PromptForm.TEXT;
    Workload workload = Workload.of(new ShapeSource.Independent(new LengthDistribution.Fixed(PROMPT_TOKENS),
        new LengthDistribution.Fixed(TOKENS)), form, new ModelLimits(1000, 1000), 1);
    ClientSettings settings = new ClientSettings(endpoint, MODEL, Duration.ofSeconds(5), Duration.ofSeconds(30),
        Duration.ofSeconds(60), 1, Optional.empty(), 100,
        dialect.fields().stream().map(field -> BodyField.valueOf(field.name())).collect(Collectors.toSet()),
        ConnectionsAhead.AUTO);
    PlannedArrivals arrivals = new PlannedArrivals(IntStream.range(0, REQUESTS).toArray(),
        IntStream.range(0, REQUESTS).mapToLong(index -> (long) index * PERIOD_NANOS).toArray());
    try (LoadClient client = LoadClient.open(settings, new Target.Colocated(List.of(served.uri())),
        NanoClock.system())) {
      LoadRun run = client.prepare(arrivals, workload, "told",
          new Slo(Duration.ofSeconds(1), Duration.ofSeconds(1)));
      run.start(originNanos);
      assertThat(run.awaitFinished(Duration.ofMinutes(1))).as("finished within a minute").isTrue();
      return run.takeFinished().stream().sorted(Comparator.comparingInt(RequestRecord::index)).toList();
    }
  }

  /** How far the client's stamp of a token is from the instant at which the engine wrote it, in nanoseconds. */
  private static long medianApart(SimulatedEngine served, List<RequestRecord> records, int token,
      ToLongFunction<RequestRecord> seenNanos) {
    List<Long> apart = records.stream().map(record -> {
      JsonNode truth = served.truthOf("told-" + record.index());
      long written = truth.get("tokenNanos").get(token).asLong() + truth.get("lateNanos").get(token).asLong();
      return Math.abs(seenNanos.applyAsLong(record) - written);
    }).sorted().toList();
    return apart.get(apart.size() / 2);
  }

  private static void assertMetricsAreUnderstood(SimulatedEngine served, MetricNames names)
      throws IOException, InterruptedException {
    try (EngineConnection connection = new EngineConnection(served.uri(), Optional.empty(), Optional.of(names))) {
      EnginePage page = connection.page(Duration.ofSeconds(10));
      assertThat(page.sample().running()).as("requests in the batch").isPresent();
      assertThat(page.sample().waiting()).as("requests that wait").isPresent();
      page.sample().generatedTokens()
          .ifPresent(tokens -> assertThat(tokens).as("generated").isEqualTo((double) REQUESTS * TOKENS));
      assertThat(page.stages().values()).as("time to first token and others, of every request")
          .allSatisfy(stage -> assertThat(stage.count()).isGreaterThanOrEqualTo(REQUESTS));
    }
  }
}
