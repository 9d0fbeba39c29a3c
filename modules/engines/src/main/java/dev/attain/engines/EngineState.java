package dev.attain.engines;

import java.util.Locale;
import java.util.Optional;

/** How far an engine's start has come, as its log tells. */
public sealed interface EngineState {

  /** What it is at, in a few words for a live view: "capturing graphs". */
  String phase();

  /** How far it is with that: "16 of 51"; empty when it does not tell. */
  default String progress() {
    return "";
  }

  /** Phase and progress: "capturing graphs 16 of 51". */
  default String describe() {
    return (phase() + " " + progress()).strip();
  }

  /** Steps of a phase that are done. */
  record Steps(int done, int all) {
    @Override
    public String toString() {
      return done + " of " + all;
    }
  }

  /** Reading or making up the weights. */
  record Loading(Optional<Steps> steps) implements EngineState {
    @Override
    public String phase() {
      return "loading";
    }

    @Override
    public String progress() {
      return steps.map(Steps::toString).orElse("");
    }
  }

  /** Turning the model into code for this device. */
  record Compiling() implements EngineState {
    @Override
    public String phase() {
      return "compiling";
    }
  }

  /** Weights are loaded and memory for keys and values is set aside: room for {@code tokens} tokens. */
  record KvCache(long tokens) implements EngineState {
    @Override
    public String phase() {
      return String.format(Locale.ROOT, "KV cache size %,d tokens", tokens);
    }
  }

  /** Recording device graphs for the batch sizes to come. */
  record CapturingGraphs(Optional<Steps> steps) implements EngineState {
    @Override
    public String phase() {
      return "capturing graphs";
    }

    @Override
    public String progress() {
      return steps.map(Steps::toString).orElse("");
    }
  }

  /** The server says that it accepts requests; whether it does is for {@link Readiness} to find out. */
  record ServerStarted() implements EngineState {
    @Override
    public String phase() {
      return "server started";
    }
  }
}
