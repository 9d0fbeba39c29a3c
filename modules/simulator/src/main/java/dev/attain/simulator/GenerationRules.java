package dev.attain.simulator;

import dev.attain.simulator.SequenceOrder.KvSource;
import java.util.Optional;
import java.util.SplittableRandom;

/** What the engine accepts, and how long an answer becomes. */
final class GenerationRules {

  private static final int COMPLETION_TOKENS = 16;

  private final ServingSetup serving;
  private final EngineSetup engine;
  private final KvTransferSetup kvTransfer;
  private final ServedFeatures features;

  GenerationRules(SimulatorOptions options) {
    this.serving = options.serving();
    this.engine = options.engine();
    this.kvTransfer = options.kvTransfer();
    this.features = options.features();
  }

  /** Where the KV of this request waits, if it is to be fetched. */
  Optional<RemoteKv> remoteKv(GenerationRequest request) {
    return kvTransfer.connected() ? request.kvTransfer().remotePrefill() : Optional.empty();
  }

  /**
   * Turns a request into work for the engine.
   *
   * @param receivedNanos
   *          when its body was complete
   * @param seed
   *          of everything random about this request
   */
  SequenceOrder order(GenerationRequest request, long receivedNanos, long seed) throws ApiException {
    checkModel(request);
    int promptTokens = request.prompt().tokens();
    checkTokens(request, promptTokens);
    int limit = limit(request, promptTokens);
    double eosProbability = eosProbability(request);
    int drawn = eosProbability > 0 ? drawLength(seed, request.minTokens(), eosProbability) : Integer.MAX_VALUE;
    int outputTokens = Math.min(drawn, limit);
    FinishReason ending = drawn <= limit ? FinishReason.STOP : FinishReason.LENGTH;
    KvSource source = remoteKv(request).isPresent() ? KvSource.PULLED : KvSource.COMPUTED;
    boolean holdsKv = kvTransfer.produces() && request.kvTransfer().remoteDecode();
    return new SequenceOrder(promptTokens, outputTokens, ending, source, holdsKv,
        receivedNanos, blockNames(request, seed));
  }

  private BlockNames blockNames(GenerationRequest request, long seed) {
    return features.cachesPrefixes()
        ? BlockNames.of(request.prompt().ids(engine.model().vocabulary()),
            ordinal -> TokenText.generated(seed, ordinal), engine.limits().blockTokens(),
            request.cacheSalt().hashCode())
        : BlockNames.NONE;
  }

  private void checkModel(GenerationRequest request) throws ApiException {
    if (request.model().isPresent() && !serving.servedNames().contains(request.model().get())) {
      throw ApiException.unknownModel(request.model().get());
    }
  }

  private void checkTokens(GenerationRequest request, int promptTokens) throws ApiException {
    int context = engine.contextTokens();
    int asked = request.maxTokens().orElse(request.dialect() == Dialect.CHAT ? 0 : COMPLETION_TOKENS);
    if (request.maxTokens().isPresent() && asked < 1) {
      throw ApiException.badRequest("max_tokens", "max_tokens must be at least 1, got " + asked + ".");
    }
    if (promptTokens > context - Math.max(1, asked)) {
      throw ApiException.badRequest("input_tokens",
          "You passed " + promptTokens + " input tokens and requested " + asked
              + " output tokens. However, the model's context length is only " + context
              + " tokens, resulting in a maximum input length of " + Math.max(0, context - asked)
              + " tokens. Please reduce the length of the input prompt.");
    }
    if (request.prompt() instanceof Prompt.Ids given) {
      for (int id : given.ids()) {
        if (id < 0 || id >= engine.model().vocabulary()) {
          throw ApiException.badRequest("prompt", "Token id " + id + " is out of vocabulary");
        }
      }
    }
  }

  private int limit(GenerationRequest request, int promptTokens) throws ApiException {
    int room = engine.contextTokens() - promptTokens;
    int usual = request.dialect() == Dialect.CHAT ? room : Math.min(room, COMPLETION_TOKENS);
    int limit = request.maxTokens().orElse(usual);
    if (request.minTokens() > limit || request.minTokens() < 0) {
      throw ApiException.badRequest("min_tokens",
          "min_tokens must be between 0 and max_tokens=" + limit + ", got " + request.minTokens() + ".");
    }
    return limit;
  }

  private double eosProbability(GenerationRequest request) {
    if (request.ignoreEos()) {
      return 0;
    }
    boolean unlimited = request.maxTokens().isEmpty() && request.dialect() == Dialect.CHAT;
    return serving.eosProbability() == 0 && unlimited ? 1.0 / serving.meanOutputTokens() : serving.eosProbability();
  }

  /**
   * The length of an answer that ends by itself: geometric, the same chance of the end at every token after the least
   * number, as the end mark cannot be sampled before.
   */
  private static int drawLength(long seed, int minTokens, double eosProbability) {
    double uniform = 1 - new SplittableRandom(seed).nextDouble();
    double further = 1 + Math.floor(Math.log(uniform) / Math.log1p(-eosProbability));
    return (int) Math.min(Integer.MAX_VALUE, minTokens + further);
  }
}
