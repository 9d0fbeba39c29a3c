package dev.attain.engines;

import java.util.Locale;

/** How far an engine's start has come, as its log tells. */
public sealed interface EngineState {

  /** A few words for a live view: "capturing graphs". */
  String describe();

  /** Reading or making up the weights. */
  record Loading() implements EngineState {
    @Override
    public String describe() {
      return "loading";
    }
  }

  /** Weights are loaded and memory for keys and values is set aside: room for {@code tokens} tokens. */
  record KvCache(long tokens) implements EngineState {
    @Override
    public String describe() {
      return String.format(Locale.ROOT, "KV cache size %,d tokens", tokens);
    }
  }

  /** Recording device graphs for the batch sizes to come. */
  record CapturingGraphs() implements EngineState {
    @Override
    public String describe() {
      return "capturing graphs";
    }
  }

  /** The server accepts requests. */
  record Ready() implements EngineState {
    @Override
    public String describe() {
      return "ready";
    }
  }
}
