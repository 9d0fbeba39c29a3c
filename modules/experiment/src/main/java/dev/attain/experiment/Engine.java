package dev.attain.experiment;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The engine that the instances of a deployment run. */
public sealed interface Engine {

  /** As the configuration calls it: {@code vllm}. */
  String kind();

  /**
   * The built-in simulator.
   *
   * @param gpu one of {@link SimulatorPresets#gpus()}
   * @param model one of {@link SimulatorPresets#models()}
   * @param options flags with their values, names without dashes, sorted by name: {@code max-num-seqs -> 256}
   * @param extraArguments further arguments, passed on as they are
   */
  record Simulator(String gpu, String model, Map<String, String> options,
      List<String> extraArguments) implements Engine {
    public Simulator {
      options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
      extraArguments = List.copyOf(extraArguments);
    }

    @Override
    public String kind() {
      return "simulator";
    }
  }

  /** An engine that is installed on the machine and loads a model. */
  sealed interface Installed extends Engine {
    Launch launch();
  }

  /**
   * vLLM's server.
   *
   * @param gpuMemoryUtilization share (above 0, up to 1) of a GPU's memory that one instance may take
   * @param maxModelLength longest prompt plus output in tokens; empty: the model's own
   * @param dtype of weights and activations; empty: the model's own
   * @param loadFormat of the weights, {@code dummy} for random ones; empty: vLLM finds out
   */
  record Vllm(Launch launch, double gpuMemoryUtilization, Optional<Integer> maxModelLength, Optional<String> dtype,
      Optional<String> loadFormat, KvTransfer kvTransfer) implements Installed {
    @Override
    public String kind() {
      return "vllm";
    }
  }

  /** SGLang's server. */
  record Sglang(Launch launch) implements Installed {
    @Override
    public String kind() {
      return "sglang";
    }
  }

  /** The server of TensorRT-LLM. */
  record TensorRtLlm(Launch launch) implements Installed {
    @Override
    public String kind() {
      return "tensorrt-llm";
    }
  }

  /** The API server of LMDeploy. */
  record Lmdeploy(Launch launch) implements Installed {
    @Override
    public String kind() {
      return "lmdeploy";
    }
  }

  /** The server of the transformers library. */
  record TransformersServe(Launch launch) implements Installed {
    @Override
    public String kind() {
      return "transformers";
    }
  }
}
