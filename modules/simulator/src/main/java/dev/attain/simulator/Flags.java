package dev.attain.simulator;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Every flag the simulator knows: those of {@code vllm serve} that change its behaviour, some that are accepted so that
 * a real command line can be reused, and its own, which begin with {@code --sim-}.
 */
final class Flags {

  static final String NO_EFFECT = "accepted, has no effect";

  static final List<Flag> KNOWN = List.of(
      new Flag("--model", "NAME", "model to simulate, also as first argument without the flag (llama-3.1-8b)"),
      new Flag("--host", "ADDRESS", "address to listen on (127.0.0.1)"),
      new Flag("--port", "PORT", "port to listen on, 0 for any free one (8000)"),
      new Flag("--served-model-name", "NAME...", "names that requests may use (the model as given)"),
      new Flag("--tensor-parallel-size", "N", "GPUs of this engine (1)"),
      new Flag("--max-num-seqs", "N", "sequences running at once (1024 on large GPUs, else 256)"),
      new Flag("--max-num-batched-tokens", "N", "token budget of a step (8192 on large GPUs, else 2048)"),
      new Flag("--max-model-len", "N", "longest prompt plus output (the model's context)"),
      new Flag("--block-size", "N", "tokens in a KV block (16)"),
      new Flag("--gpu-memory-utilization", "SHARE", "share of the GPU's memory to use (0.92; 0.9 in vLLM 0.12)"),
      new Flag("--kv-transfer-config", "JSON", "prefill or decode role: kv_connector, kv_role, kv_load_failure_policy, "
          + "engine_id, kv_connector_extra_config.kv_lease_duration"),
      new Flag("--seed", "N", "seed of the generated tokens (0)"),
      new Flag("--api-key", "KEY", "bearer token that requests must carry (none)"),
      new Flag("--async-scheduling", "", "put a step together while the one before it runs (on; off in vLLM 0.12)"),
      new Flag("--no-async-scheduling", "", "put a step together only when the one before it has ended"),
      new Flag("--enable-prefix-caching", "", "prompts that begin alike share KV (off; vLLM has it on)"),
      new Flag("--no-enable-prefix-caching", "", "compute every prompt in full (as without the flag)"),
      new Flag("--enable-prompt-tokens-details", "", "usage says how many prompt tokens were cached"),
      new Flag("--enable-per-request-metrics", "", "answers say how long their stages took"),
      new Flag("--enable-force-include-usage", "", "every stream has usage, asked for or not"),
      new Flag("--enable-chunked-prefill", "", NO_EFFECT),
      new Flag("--load-format", "NAME", NO_EFFECT), new Flag("--dtype", "NAME", NO_EFFECT + ": 16-bit numbers"),
      new Flag("--tokenizer", "NAME", NO_EFFECT), new Flag("--skip-tokenizer-init", "", NO_EFFECT),
      new Flag("--enforce-eager", "", NO_EFFECT), new Flag("--trust-remote-code", "", NO_EFFECT),
      new Flag("--disable-uvicorn-access-log", "", NO_EFFECT), new Flag("--disable-log-stats", "", NO_EFFECT),
      new Flag("--enable-log-requests", "", NO_EFFECT), new Flag("--disable-log-requests", "", NO_EFFECT),
      new Flag("--enable-metrics", "", "serve /metrics (of SGLang, which has none without it)"),
      new Flag("--disable-metrics", "", "serve no /metrics (of LMDeploy)"),
      new Flag("--continuous-batching", "", NO_EFFECT + " (of transformers): requests are always batched"),
      new Flag(EngineStyle.FLAG, "NAME", "whose flags, streams and metrics to have: "
          + String.join(", ", EngineStyle.wireNames()) + " (vllm)"),
      new Flag("--sim-gpu", "NAME", "GPU to simulate: " + String.join(", ", Gpus.names()) + " (h100)"),
      new Flag("--sim-vllm", "VERSION", "version of vLLM whose host times and defaults are simulated: "
          + String.join(", ", EngineVersion.names()) + " (0.26)"),
      new Flag("--quantization", "NAME", "fp8: weights of 8 bits (none)"),
      new Flag("--kv-cache-dtype", "NAME", "fp8: keys and values of 8 bits (auto)"),
      new Flag("--sim-kv-tokens", "N", "size of the KV cache (from memory, weights and model)"),
      new Flag("--sim-reserved-gb", "GB", "memory of a GPU that neither weights nor KV use (3)"),
      new Flag("--sim-watermark", "SHARE", "share of the KV cache that admission leaves free (0.01)"),
      new Flag(FittedCost.FLAG, FittedCost.VALUE, "fitted times of a step, each A,B,C: prefill A + B sum(length) + "
          + "C sum(length^2), decode A + B sum(context) + C sequences, in ms (computed from FLOPs and bytes)"),
      new Flag("--sim-gemm-efficiency", "SHARE", "of peak FLOPs in matrix products (the GPU's)"),
      new Flag("--sim-weight-read-efficiency", "SHARE", "of memory bandwidth when reading weights (the GPU's)"),
      new Flag("--sim-attention-efficiency", "SHARE",
          "of peak FLOPs in attention of a prompt of 4,096 tokens (the GPU's)"),
      new Flag("--sim-kv-read-efficiency", "SHARE", "of memory bandwidth in decode attention (the GPU's)"),
      new Flag("--sim-host-ms", "MS", "host time of a step (the version's)"),
      new Flag("--sim-host-us-per-row", "US", "host time of a sampled row (the version's)"),
      new Flag("--sim-prefill-host-ms", "MS", "additional host time of a step with prefill (the version's)"),
      new Flag("--sim-kv-layer-us", "US", "least time of decode attention in a layer (13)"),
      new Flag("--sim-all-reduce-us", "US", "latency of an all-reduce (the GPU's, by tensor parallel size)"),
      new Flag("--sim-all-reduce-gbps", "GB/S", "bandwidth of an all-reduce (the GPU's, by tensor parallel size)"),
      new Flag("--sim-link", "KIND", "what joins prefill and decode GPUs: nvlink, pcie or nic (nvlink, else pcie)"),
      new Flag("--sim-link-gbps", "GB/S", "bandwidth of KV transfers of one GPU (0.7 of the link's)"),
      new Flag("--sim-transfer-ms", "MS", "start of a KV transfer (5.8)"),
      new Flag("--sim-transfer-us-per-descriptor", "US", "cost of a block in a layer (2.3)"),
      new Flag("--sim-handover-ms", "MS", "from the last byte of KV to the scheduler (2, measured on two H200)"),
      new Flag("--sim-frontend-ms", "MS", "HTTP and queues before the scheduler (2.5)"),
      new Flag("--sim-frontend-us-per-token", "US", "reading a token of the prompt, in one event loop for all (1.5)"),
      new Flag("--sim-output-us", "US", "passing on a token to its stream, in one event loop for all (35)"),
      new Flag("--sim-mean-output-tokens", "N", "mean length of answers that the request does not limit (200)"),
      new Flag("--sim-eos-probability", "P", "chance that a token ends the answer, after min_tokens of them, unless "
          + "the request sets ignore_eos (0)"),
      new Flag("--sim-fault", "FAULT...", "something that is to go wrong, see below (nothing)"),
      new Flag("--sim-allow-faults", "", "let requests ask for faults by the header X-Attain-Fault (no)"),
      new Flag("--truth", "FILE", "write what was intended and done for each request, see below; {port} in the name "
          + "stands for --port (none)"),
      new Flag("--sim-event-loops", "N", "threads that serve connections (1)"),
      new Flag("--calibration", "", "print measured and simulated times of real engines, and serve nothing"),
      new Flag("--help", "", "print this"));

  private Flags() {}

  static Optional<Flag> find(String name) {
    return KNOWN.stream().filter(flag -> flag.name().equals(name)).findFirst();
  }

  /** The known flag that looks most like a mistyped one. */
  static String nearest(String name) {
    return Nearest.of(name, KNOWN.stream().map(Flag::name).toList());
  }

  /** The help: a flag a line. */
  static String help() {
    int width = KNOWN.stream().mapToInt(flag -> heading(flag).length()).max().orElse(0);
    StringBuilder text = new StringBuilder("Usage: attain simulate-engine [MODEL] [FLAGS]\n\n");
    KNOWN.stream().sorted(Comparator.comparing(Flag::name)).forEach(flag -> text.append("  ")
        .append(heading(flag)).append(" ".repeat(width - heading(flag).length() + 2)).append(flag.meaning())
        .append('\n'));
    return text.append('\n').append(FaultSetup.help()).append('\n').append(TruthLog.COLUMNS).toString();
  }

  private static String heading(Flag flag) {
    return flag.takesValue() ? flag.name() + " " + flag.value() : flag.name();
  }
}
