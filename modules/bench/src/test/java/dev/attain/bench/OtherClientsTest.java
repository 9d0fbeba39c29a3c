package dev.attain.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attain.simulator.SimulatorException;
import dev.attain.simulator.SimulatorOptions;
import dev.attain.simulator.SimulatorServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients that are not ours use the simulator as they would use vLLM: the {@code openai} package, and vLLM's own
 * benchmark client. Both come from a Python registry into the folder where {@code compare.sh} keeps them; where they
 * cannot be had, the tests are skipped and say why.
 */
@EnabledOnOs(OS.LINUX)
class OtherClientsTest {
  private static final String OPENAI = "3.51.0";
  private static final String MODEL = "m";
  /** To fetch a client for the first time; a slower registry shall not hold up the build. */
  private static final Duration FETCHING = Duration.ofMinutes(4);
  /** What could not be had, and why: asked for once only, so that all tests together are not held up either. */
  private static final Map<String, String> MISSING = new ConcurrentHashMap<>();
  private static final Duration RUN = Duration.ofMinutes(2);
  private static final int RATE = 10;
  private static final int REQUESTS = 20;
  private static final int TOKENS = 16;

  @TempDir
  private Path folder;

  @Test
  void theOpenAiPackageUsesAColocatedEngine() throws Exception {
    try (SimulatorServer engine = engine("")) {
      JsonNode seen = python("colocated.py", engine.uri());

      assertThat(seen.at("/models").toString()).isEqualTo("[\"m\"]");
      assertThat(seen.at("/completion/tokens").asInt()).isEqualTo(12);
      assertThat(seen.at("/completion/finish").asText()).isEqualTo("length");
      assertThat(seen.at("/completion/usage/prompt_tokens").asInt()).isEqualTo(40);
      assertThat(seen.at("/completion/usage/completion_tokens").asInt()).isEqualTo(12);
      assertThat(seen.at("/chat/role").asText()).isEqualTo("assistant");
      assertThat(seen.at("/chat/tokens").asInt()).isEqualTo(12);
      assertThat(seen.at("/whole/role").asText()).isEqualTo("assistant");
      assertThat(seen.at("/whole/tokens").asInt()).isEqualTo(5);
      assertThat(seen.at("/unknown/kind").asText()).isEqualTo("NotFoundError");
      assertThat(seen.at("/unknown/param").asText()).isEqualTo("model");
      assertThat(seen.at("/unknown/message").asText()).contains("another-model");
      assertThat(seen.at("/long/kind").asText()).isEqualTo("BadRequestError");
      assertThat(seen.at("/long/message").asText()).contains("context length");
    }
  }

  @Test
  void theOpenAiPackageHandsARequestFromPrefillToDecode() throws Exception {
    try (SimulatorServer prefill = engine("kv_producer"); SimulatorServer decode = engine("kv_consumer")) {
      JsonNode seen = python("pair.py", prefill.uri(), decode.uri());

      assertThat(seen.at("/blocks").asInt()).as("blocks of 16 tokens for 600").isEqualTo(38);
      assertThat(seen.at("/tokens").asInt()).isEqualTo(20);
      assertThat(seen.at("/usage/prompt_tokens").asInt()).isEqualTo(600);
      assertThat(transferred(decode)).isEqualTo(600);
    }
  }

  @Test
  void vllmsBenchmarkUsesAColocatedEngine() throws Exception {
    try (SimulatorServer engine = engine("")) {
      benchmark(engine.uri());

      assertThat(metric(engine, "vllm:generation_tokens_total{")).isGreaterThanOrEqualTo(REQUESTS * TOKENS);
    }
  }

  @Test
  void vllmsBenchmarkUsesAPairBehindAProxy() throws Exception {
    try (SimulatorServer prefill = engine("kv_producer"); SimulatorServer decode = engine("kv_consumer")) {
      Process proxy = start(List.of(pythonOfOpenAi(), script("two_legs.py"), prefill.uri().toString(),
          decode.uri().toString()), folder.resolve("proxy.log"));
      try {
        String port = proxy.inputReader().readLine();
        assertThat(port).as(Files.readString(folder.resolve("proxy.log"))).isNotNull();
        benchmark(URI.create("http://127.0.0.1:" + port));
      } finally {
        proxy.destroyForcibly();
      }

      assertThat(transferred(decode)).isEqualTo(metric(decode, "vllm:prompt_tokens_total{"))
          .isGreaterThanOrEqualTo(32.0 * REQUESTS);
      assertThat(metric(prefill, "vllm:nixl_num_kv_expired_reqs_total{")).isZero();
    }
  }

  private void benchmark(URI server) throws Exception {
    VllmRust tool = new VllmRust();
    Path executable = fetched(tool.name(), () -> tool.fetch(cache()));
    Truth truth = new Truth(Duration.ofMillis(1), Duration.ofMillis(1), TOKENS);
    Path results = Files.createDirectory(folder.resolve("results"));
    List<String> command = tool.command(executable, new Load(RATE * TOKENS, RATE, REQUESTS, 0),
        new Contender.Arena(server, truth, "0", folder), TinyTokenizer.in(folder.resolve("tokenizer")), results);
    run(command, tool.environment());

    Reading reading = tool.read(results);
    assertThat(reading.completed()).isEqualTo(REQUESTS);
    assertThat(reading.ttft().p50()).isPositive();
    assertThat(Json.number(Json.written(results, "result.json"), "/total_output_tokens").intValue())
        .isEqualTo(REQUESTS * TOKENS);
  }

  private JsonNode python(String script, URI... engines) throws Exception {
    List<String> command = new ArrayList<>(List.of(pythonOfOpenAi(), script(script)));
    for (URI engine : engines) {
      command.add(engine.toString());
    }
    return Json.MAPPER.readTree(run(command, Map.of()));
  }

  private String pythonOfOpenAi() throws Exception {
    return fetched("the openai package", () -> cache().command("openai", OPENAI, "python"))
        .toString();
  }

  private String script(String name) throws IOException {
    Path script = folder.resolve(name);
    try (InputStream source = OtherClientsTest.class.getResourceAsStream(name)) {
      Files.copy(source, script);
    }
    return script.toString();
  }

  private String run(List<String> command, Map<String, String> environment) throws IOException, InterruptedException {
    Path log = folder.resolve("client.log");
    Path out = folder.resolve("client.out");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile()).redirectOutput(out.toFile());
    builder.environment().putAll(environment);
    Process client = builder.start();
    try {
      assertThat(client.waitFor(RUN.toSeconds(), TimeUnit.SECONDS)).as("%s ends", command).isTrue();
    } finally {
      client.destroyForcibly();
    }
    assertThat(client.exitValue()).as("%s\n%s\n%s", command, Files.readString(out), Files.readString(log)).isZero();
    return Files.readString(out);
  }

  private static Process start(List<String> command, Path log) throws IOException {
    return new ProcessBuilder(command).redirectError(log.toFile()).start();
  }

  private static PeerCache cache() {
    return new PeerCache(Compare.cacheFolder(), System.getenv().getOrDefault("ATTAIN_PYTHON", "python3"),
        Path.of("../..").toAbsolutePath());
  }

  /** What is there already, or else what the registry gives in time. */
  private static Path fetched(String what, Callable<Path> fetching) throws Exception {
    if (MISSING.containsKey(what)) {
      return abort(MISSING.get(what));
    }
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      try {
        return thread.submit(fetching).get(FETCHING.toSeconds(), TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        thread.shutdownNow();
        return missing(what, "could not be fetched within " + FETCHING.toMinutes() + " minutes");
      } catch (ExecutionException e) {
        if (e.getCause() instanceof ContenderException reason) {
          return missing(what, "cannot be had here: " + reason.getMessage());
        }
        throw e;
      }
    }
  }

  private static Path missing(String what, String why) {
    MISSING.put(what, "SKIPPED: " + what + " " + why);
    return abort(MISSING.get(what));
  }

  private static SimulatorServer engine(String role) throws SimulatorException {
    List<String> flags = new ArrayList<>(List.of("--model", "qwen3-0.6b", "--served-model-name", MODEL, "--port", "0",
        "--max-model-len", "4096"));
    if (!role.isEmpty()) {
      flags.addAll(
          List.of("--kv-transfer-config", "{\"kv_connector\":\"NixlConnector\",\"kv_role\":\"" + role + "\"}"));
    }
    return SimulatorServer.start(SimulatorOptions.parse(flags,
        Map.of("VLLM_NIXL_SIDE_CHANNEL_PORT", "0", "VLLM_NIXL_SIDE_CHANNEL_HOST", "127.0.0.1")));
  }

  private static double transferred(SimulatorServer decode) throws IOException, InterruptedException {
    return metric(decode, "vllm:prompt_tokens_by_source_total{.*external_kv_transfer");
  }

  private static double metric(SimulatorServer engine, String beginning) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      String page = http.send(HttpRequest.newBuilder(engine.uri().resolve("/metrics")).build(), BodyHandlers.ofString())
          .body();
      return page.lines().filter(line -> line.matches(beginning.replace("{", "\\{") + ".*")).findFirst()
          .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .orElseThrow(() -> new AssertionError("no metric " + beginning));
    }
  }
}
