package dev.attain.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.buffer.ByteBufInputStream;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** The endpoints of the HTTP server. Called on the event loop of the connection it is given. */
final class FrontEnd {

  static final String VERSION = "0.26.0+attain.simulator";

  private static final Map<String, HttpMethod> METHODS = Map.of("/health", HttpMethod.GET, "/ping", HttpMethod.GET,
      "/version", HttpMethod.GET, "/v1/models", HttpMethod.GET, "/metrics", HttpMethod.GET, "/tokenize",
      HttpMethod.POST,
      "/detokenize", HttpMethod.POST, "/v1/completions", HttpMethod.POST, "/v1/chat/completions", HttpMethod.POST,
      "/get_server_info", HttpMethod.GET);

  private final SimulatorOptions options;
  private final EngineThread engine;
  private final PeerDirectory peers;
  private final GenerationRules rules;
  private final RequestFaults faults;
  private final Optional<TruthLog> truthLog;
  private final Runnable crash;
  private final int sidePort;
  private final AtomicLong stepsTold = new AtomicLong();
  private final long startedSeconds = System.currentTimeMillis() / 1000;

  FrontEnd(SimulatorOptions options, EngineThread engine, PeerDirectory peers, int sidePort,
      RequestFaults faults, Optional<TruthLog> truthLog, Runnable crash) {
    this.options = options;
    this.engine = engine;
    this.peers = peers;
    this.sidePort = sidePort;
    this.faults = faults;
    this.truthLog = truthLog;
    this.crash = crash;
    this.rules = new GenerationRules(options);
  }

  /** Answers a request, now or as its tokens come. */
  void handle(HttpConnection connection, FullHttpRequest request) {
    long receivedNanos = System.nanoTime();
    try {
      String path = request.uri().replaceFirst("\\?.*", "");
      HttpMethod method = METHODS.get(path);
      if (method == null) {
        throw ApiException.notFound();
      }
      if (!method.equals(request.method())) {
        throw ApiException.wrongMethod();
      }
      if (!request.decoderResult().isSuccess()) {
        throw ApiException.badBody("the request is not HTTP");
      }
      authorize(path, request);
      route(path, connection, request, receivedNanos);
    } catch (ApiException e) {
      connection.respondError(e);
    }
  }

  private void authorize(String path, FullHttpRequest request) throws ApiException {
    Optional<String> key = options.serving().apiKey();
    boolean guarded = key.isPresent() && path.startsWith("/v1/");
    if (guarded && !("Bearer " + key.get()).equals(request.headers().get(HttpHeaderNames.AUTHORIZATION))) {
      throw ApiException.unauthorized();
    }
  }

  private void route(String path, HttpConnection connection, FullHttpRequest request, long receivedNanos)
      throws ApiException {
    switch (path) {
      case "/health", "/ping" -> connection.respond(healthy() ? 200 : 503, "", "");
      case "/version", "/get_server_info" ->
        connection.respondJson(200, Json.object(root -> root.put("version", VERSION)));
      case "/v1/models" -> connection.respondJson(200, models());
      case "/metrics" -> metrics(connection);
      case "/tokenize" -> connection.respondJson(200, tokenize(body(request)));
      case "/detokenize" -> connection.respondJson(200, detokenize(body(request)));
      case "/v1/completions" -> generate(Dialect.COMPLETION, connection, request, receivedNanos);
      case "/v1/chat/completions" -> generate(Dialect.CHAT, connection, request, receivedNanos);
      default -> throw ApiException.notFound();
    }
  }

  private boolean healthy() {
    return engine.healthy() && !options.faults().neverReady();
  }

  private void metrics(HttpConnection connection) throws ApiException {
    if (!options.features().servesMetrics()) {
      throw ApiException.notFound();
    }
    EngineLimits limits = options.engine().limits();
    String name = options.serving().name();
    String page = switch (options.features().style()) {
      case VLLM, TRANSFORMERS -> MetricsPage.of(engine.metrics(), limits, name);
      case SGLANG -> ForeignMetrics.sglang(engine.metrics(), name);
      case LMDEPLOY -> ForeignMetrics.lmdeploy(engine.metrics(), name);
      case TENSORRT_LLM -> ForeignMetrics.tensorRtLlm(engine.metrics(), limits, stepsTold);
    };
    boolean json = options.features().style() == EngineStyle.TENSORRT_LLM;
    connection.respond(200, json ? "application/json" : "text/plain; version=0.0.4; charset=utf-8", page);
  }

  private void generate(Dialect dialect, HttpConnection connection, FullHttpRequest http, long receivedNanos)
      throws ApiException {
    GenerationRequest read = GenerationReader.read(stream(http), dialect, options.features().style());
    GenerationRequest request = options.features().forcesUsage() && read.stream() ? read.withUsage() : read;
    Optional<String> given = Optional.ofNullable(http.headers().get("X-Request-Id")).or(request::id);
    String id = dialect.idPrefix() + given.orElseGet(() -> UUID.randomUUID().toString().replace("-", ""));
    Optional<String> asked = Optional.ofNullable(http.headers().get(FaultSetup.HEADER));
    RequestTruth truth = new RequestTruth(given.orElse(id), receivedNanos, faults.of(given, asked, receivedNanos),
        truthLog);
    try {
      RequestFaults.refuse(truth);
      generate(connection, request, id, truth);
    } catch (ApiException e) {
      truth.refused(e.status());
      throw e;
    }
  }

  private void generate(HttpConnection connection, GenerationRequest request, String id, RequestTruth truth)
      throws ApiException {
    long seed = options.serving().seed() * 31 + id.hashCode();
    SequenceOrder order = RequestFaults.shortened(order(request, truth.receivedNanos(), seed), truth);
    int[] promptIds = request.returnTokenIds()
        ? request.prompt().ids(options.engine().model().vocabulary())
        : new int[0];
    AnswerHeading heading = new AnswerHeading(request.dialect(), id, System.currentTimeMillis() / 1000,
        options.serving().name(), seed, options.features());
    Optional<ForeignStream> foreign = request.stream() && options.features().style() != EngineStyle.VLLM
        ? Optional.of(new ForeignStream(connection, heading, request))
        : Optional.empty();
    Answer answer = foreign.<Answer>map(each -> each).orElseGet(() -> request.stream()
        ? new StreamedAnswer(connection, heading, request, promptIds)
        : new WholeAnswer(connection, heading, request, promptIds, this::advertise));
    String internalId = id + "-0-" + String.format("%08x", ThreadLocalRandom.current().nextInt());
    LiveRequest live = new LiveRequest(internalId, order, truth, rules.remoteKv(request), request.stream(),
        FaultyAnswer.around(new TimedAnswer(answer, truth), truth, connection, crash), engine, connection.loopIndex());
    connection.whenDisconnected(() -> engine.abort(live));
    if (request.stream()) {
      connection.beginStream();
      foreign.ifPresent(ForeignStream::begin);
    }
    peers.expect(live);
    engine.submit(live);
  }

  /** A refused request will never read the KV that waits for it. */
  private SequenceOrder order(GenerationRequest request, long receivedNanos, long seed) throws ApiException {
    try {
      return rules.order(request, receivedNanos, seed);
    } catch (ApiException e) {
      rules.remoteKv(request).ifPresent(peers::release);
      throw e;
    }
  }

  private void advertise(ObjectNode answer, LiveRequest request) {
    if (request.heldBlocks().length == 0) {
      answer.putNull("kv_transfer_params");
      return;
    }
    KvTransferParameters.writeTo(answer.putObject("kv_transfer_params"), request, options.kvTransfer(), sidePort,
        options.engine().tensorParallel());
  }

  private String models() {
    return Json.object(root -> {
      root.put("object", "list");
      ArrayNode data = root.putArray("data");
      for (String name : options.serving().servedNames()) {
        data.addObject().put("id", name).put("object", "model").put("created", startedSeconds).put("owned_by", "vllm")
            .put("root", options.serving().root()).putNull("parent")
            .put("max_model_len", options.engine().contextTokens());
      }
    });
  }

  private String tokenize(JsonNode body) throws ApiException {
    if (!body.path("prompt").isTextual()) {
      throw ApiException.badRequest("prompt", "prompt must be a string.");
    }
    String prompt = body.get("prompt").asText();
    int[] ids = TokenText.ids(prompt, options.engine().model().vocabulary());
    return Json.object(root -> {
      root.put("count", ids.length);
      root.put("max_model_len", options.engine().contextTokens());
      ArrayNode tokens = root.putArray("tokens");
      for (int id : ids) {
        tokens.add(id);
      }
      root.putNull("token_strs");
    });
  }

  private static String detokenize(JsonNode body) throws ApiException {
    if (!body.path("tokens").isArray()) {
      throw ApiException.badRequest("tokens", "tokens must be a list of token ids.");
    }
    StringBuilder text = new StringBuilder();
    body.get("tokens").forEach(id -> text.append(TokenText.text(id.asInt())));
    return Json.object(root -> root.put("prompt", text.toString()));
  }

  private static JsonNode body(FullHttpRequest request) throws ApiException {
    try {
      return Json.MAPPER.readTree(stream(request));
    } catch (IOException e) {
      throw ApiException.badBody("JSON decode error: " + e.getMessage());
    }
  }

  private static InputStream stream(FullHttpRequest request) {
    return new ByteBufInputStream(request.content());
  }
}
