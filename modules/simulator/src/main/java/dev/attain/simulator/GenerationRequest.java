package dev.attain.simulator;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * The body of a completion or chat request, as far as the simulator understands it; other fields are ignored, as vLLM
 * ignores fields it does not know.
 *
 * @param model
 *          empty for the served one
 * @param id
 *          given by the client in the body
 * @param maxTokens
 *          empty when the request does not limit its answer
 * @param cacheSalt
 *          requests of different salts share no KV; empty for the common one
 */
record GenerationRequest(Dialect dialect, Optional<String> model, Optional<String> id, Prompt prompt,
    OptionalInt maxTokens, int minTokens, boolean ignoreEos, boolean stream, StreamOptions streamOptions,
    boolean returnTokenIds, String cacheSalt, KvTransferParameters kvTransfer) {

  /** The same, with usage in every event if it is streamed. */
  GenerationRequest withUsage() {
    return new GenerationRequest(dialect, model, id, prompt, maxTokens, minTokens, ignoreEos, stream,
        new StreamOptions(true, true), returnTokenIds, cacheSalt, kvTransfer);
  }

  /** What a stream carries besides tokens. */
  record StreamOptions(boolean includeUsage, boolean continuousUsage) {

    static final StreamOptions NONE = new StreamOptions(false, false);
  }
}
