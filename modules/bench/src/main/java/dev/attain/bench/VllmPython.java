package dev.attain.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** vLLM's client in Python. */
final class VllmPython extends VllmBench {
  @Override
  public String name() {
    return "vllm bench 0.32.0";
  }

  @Override
  public Path fetch(PeerCache cache) throws ContenderException, IOException, InterruptedException {
    return cache.vllmForCpu();
  }

  @Override
  List<String> further() {
    return List.of();
  }
}
