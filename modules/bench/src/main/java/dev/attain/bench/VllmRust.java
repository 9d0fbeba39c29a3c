package dev.attain.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** vLLM's client in Rust: one binary inside the wheel, which needs nothing else of it. */
final class VllmRust extends VllmBench {
  /** The first release whose binary has the command. */
  private static final String VERSION = "0.33.0";

  @Override
  public String name() {
    return "vllm-rs " + VERSION;
  }

  @Override
  public Path fetch(PeerCache cache) throws ContenderException, IOException, InterruptedException {
    return cache.fileOfWheel("vllm", VERSION, "vllm/vllm-rs");
  }

  @Override
  List<String> further() {
    return List.of("--prompt-token-ids");
  }
}
