package dev.attain.engines;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartFailureTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
    (EngineCore_DP0 pid=17374) ERROR 09-28 15:47:24 [core.py:718] ValueError: Free memory on device cuda:0 (3.22/79.19 GiB) on startup is less than desired GPU memory utilization (0.9, 71.27 GiB). Decrease GPU memory utilization or reduce GPU memory used by other processes. | of the GPU's 79.19 GiB only 3.22 GiB are free, and engine.gpu-memory-utilization 0.9 takes 71.27 GiB; stop what uses the GPU, or lower it
    ValueError: Free memory on device (31.44/47.38 GiB) on startup is less than desired GPU memory utilization (0.95, 45.01 GiB). Decrease GPU memory utilization. | of the GPU's 47.38 GiB only 31.44 GiB are free, and engine.gpu-memory-utilization 0.95 takes 45.01 GiB; stop what uses the GPU, or lower it
    ValueError: To serve at least one request with the models's max seq len (262144), (24.0 GiB KV cache is needed, which is larger than the available KV cache memory (3.18 GiB). Based on the available memory, the estimated maximum model length is 34736. Try increasing `gpu_memory_utilization`. | one request of 262144 tokens needs 24.0 GiB of KV cache, and there are 3.18 GiB; lower engine.max-model-len or raise engine.gpu-memory-utilization (34736 tokens would fit)
    ValueError: To serve at least one request with the model's max seq len (32768), (2.00 GB KV cache is needed, which is larger than the available KV cache memory (0.78 GB). Try increasing `gpu_memory_utilization`. | one request of 32768 tokens needs 2.00 GB of KV cache, and there are 0.78 GB; lower engine.max-model-len or raise engine.gpu-memory-utilization
    ValueError: The model's max seq len (32768) is larger than the maximum number of tokens that can be stored in KV cache (7344). Try increasing `gpu_memory_utilization`. | one request may have 32768 tokens, and the KV cache holds 7344; lower engine.max-model-len or raise engine.gpu-memory-utilization
    ValueError: No available memory for the cache blocks. Try increasing `gpu_memory_utilization` when initializing the engine. | weights and activations leave no memory for a KV cache; raise engine.gpu-memory-utilization or the tensor-parallel size, or take a smaller model
    torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 79.11 GiB of which 1.06 GiB is free. | out of GPU memory while asking for 2.00 GiB on a GPU of 79.11 GiB; lower engine.gpu-memory-utilization or engine.max-model-len, or raise the tensor-parallel size
    RuntimeError: CUDA error: out of memory | out of GPU memory; lower engine.gpu-memory-utilization or engine.max-model-len, or raise the tensor-parallel size
    Value error, Total number of attention heads (14) must be divisible by tensor parallel size (4). [type=value_error] | tensor-parallel 4 does not divide the 14 attention heads of the model; write one that does
    ValueError: World size (8) is larger than the number of available GPUs (4) in this node. | tensor-parallel 8 needs as many GPUs, and the engine sees 4; write a smaller one
    (APIServer pid=53)   Value error, User-specified max_model_len (65536) is greater than the derived max_model_len (max_position_embeddings=32768.0 or model_max_length=None in model's config.json). | engine.max-model-len 65536 is more than the 32768 tokens of the model; lower it
    vllm: error: unrecognized arguments: --max-num-sequences 16 | this version of the engine does not know the arguments --max-num-sequences 16; correct engine.options and the extra-arguments, or install the version that knows them
    vllm serve: error: argument --dtype: invalid choice: 'fp16' (choose from auto, bfloat16) | the engine refuses an argument --dtype: invalid choice: 'fp16' (choose from auto, bfloat16); correct engine.options and the extra-arguments
    RuntimeError: NIXL is not available | NIXL is not installed beside vLLM, and prefill and decode instances need it; install the package nixl there
    OSError: Qwen/Qwen9-0.6B is not a local folder and is not a valid model identifier listed on 'https://huggingface.co/models' | there is no model Qwen/Qwen9-0.6B, neither a folder on the engine's node nor on the hub; correct model.path
    Value error, Invalid repository ID or local directory specified: '/models/x'. | there is no model /models/x, neither a folder on the engine's node nor on the hub; correct model.path
    OSError: /models/x does not appear to have a file named config.json. Checkout 'https://huggingface.co' | the model /models/x has no file config.json; correct model.path
    OSError: We couldn't connect to 'https://huggingface.co' to load the files, and couldn't find them in the cached files. | the model is not on the engine's node, and the hub cannot be reached from there; name its folder in model.path
    """)
  void aKnownCauseIsASentenceWithWhatToChangeAndWouldComeAgain(String line, String sentence) {
    assertThat(StartFailure.in(List.of("INFO starting", line, "RuntimeError: Engine core initialization failed.")))
        .hasValue(new StartFailure(sentence, false));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "OSError: [Errno 98] Address already in use",
      "[Errno 98] error while attempting to bind on address ('127.0.0.1', 8000): address already in use",
      "zmq.error.ZMQError: Address already in use (addr='tcp://127.0.0.1:5600')"})
  void aPortInUseMayBeFreeAtTheNextAttempt(String line) {
    assertThat(StartFailure.in(List.of(line)).orElseThrow().mayPass()).isTrue();
  }

  @Test
  void theCauseCountsAndNotWhatDiesOfIt() {
    assertThat(StartFailure.in(List.of("torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB.",
        "OSError: [Errno 98] Address already in use")).orElseThrow().sentence()).startsWith("out of GPU memory");
  }

  @Test
  void anUnknownCauseIsNone() {
    assertThat(StartFailure.in(List.of("Segmentation fault", "lower the address", ""))).isEmpty();
    assertThat(StartFailure.in(List.of())).isEmpty();
  }
}
