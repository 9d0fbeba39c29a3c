package dev.attain.engines;

/** Metrics pages as engines of each kind write them, shortened. */
final class Pages {
  static final String VLLM = """
    # HELP vllm:num_requests_running Number of requests in model execution batches.
    # TYPE vllm:num_requests_running gauge
    vllm:num_requests_running{engine="0",model_name="m"} 12.0
    # HELP vllm:num_requests_waiting Number of requests waiting to be processed.
    # TYPE vllm:num_requests_waiting gauge
    vllm:num_requests_waiting{engine="0",model_name="m"} 3.0
    vllm:num_requests_waiting_by_reason{engine="0",model_name="m",reason="capacity"} 3.0
    vllm:kv_cache_usage_perc{engine="0",model_name="m"} 0.75
    vllm:num_preemptions_total{engine="0",model_name="m"} 2.0
    vllm:prompt_tokens_total{engine="0",model_name="m"} 40960.0
    vllm:generation_tokens_total{engine="0",model_name="m"} 8100.0
    # TYPE vllm:iteration_tokens_total histogram
    vllm:iteration_tokens_total_bucket{engine="0",le="+Inf",model_name="m"} 700.0
    vllm:iteration_tokens_total_count{engine="0",model_name="m"} 700.0
    vllm:iteration_tokens_total_sum{engine="0",model_name="m"} 49060.0
    vllm:request_queue_time_seconds_bucket{engine="0",le="0.3",model_name="m"} 15.0
    vllm:request_queue_time_seconds_bucket{engine="0",le="0.5",model_name="m"} 19.0
    vllm:request_queue_time_seconds_bucket{engine="0",le="+Inf",model_name="m"} 20.0
    vllm:request_queue_time_seconds_count{engine="0",model_name="m"} 20.0
    vllm:request_queue_time_seconds_sum{engine="0",model_name="m"} 4.0
    """;

  static final String SGLANG = """
    # HELP sglang:prompt_tokens_total Number of prefill tokens processed.
    # TYPE sglang:prompt_tokens_total counter
    sglang:prompt_tokens_total{model_name="m"} 8.128902e+06
    sglang:generation_tokens_total{model_name="m"} 7.557572e+06
    # HELP sglang:token_usage The token usage
    # TYPE sglang:token_usage gauge
    sglang:token_usage{engine_type="unified",model_name="m",pp_rank="0",tp_rank="0"} 0.52
    sglang:num_running_reqs{engine_type="unified",model_name="m",pp_rank="0",tp_rank="0"} 8.0
    sglang:num_queue_reqs{engine_type="unified",model_name="m",pp_rank="0",tp_rank="0"} 4.0
    sglang:num_retracted_reqs{engine_type="unified",model_name="m",pp_rank="0",tp_rank="0"} 0.0
    sglang:time_to_first_token_seconds_bucket{le="0.1",model_name="m"} 4.0
    sglang:time_to_first_token_seconds_bucket{le="+Inf",model_name="m"} 5.0
    sglang:time_to_first_token_seconds_sum{model_name="m"} 0.6
    sglang:time_to_first_token_seconds_count{model_name="m"} 5.0
    sglang:queue_time_seconds_bucket{le="0.0",model_name="m",tp_rank="0"} 1.0
    sglang:queue_time_seconds_bucket{le="+Inf",model_name="m",tp_rank="0"} 5.0
    sglang:queue_time_seconds_sum{model_name="m",tp_rank="0"} 0.2
    """;

  static final String LMDEPLOY = """
    # HELP lmdeploy:num_api_requests_waiting Number of requests waiting for free request handles.
    # TYPE lmdeploy:num_api_requests_waiting gauge
    lmdeploy:num_api_requests_waiting{engine="0",model_name="m"} 2.0
    lmdeploy:num_requests_running{engine="0",model_name="m"} 6.0
    lmdeploy:num_requests_waiting{engine="0",model_name="m"} 7.0
    lmdeploy:gpu_cache_usage_perc{engine="0",model_name="m"} 0.31
    lmdeploy:prompt_tokens_total{engine="0",model_name="m"} 5000.0
    lmdeploy:generation_tokens_total{engine="0",model_name="m"} 900.0
    lmdeploy:iteration_tokens_total_count{engine="0",model_name="m"} 100.0
    lmdeploy:iteration_tokens_total_sum{engine="0",model_name="m"} 5900.0
    """;

  static final String TENSORRT_LLM = """
    [{"iter": 6, "numActiveRequests": 4, "numQueuedRequests": 0, "gpuMemUsage": 4000000000,
      "kvCacheStats": {"maxNumBlocks": 1000, "freeNumBlocks": 500, "usedNumBlocks": 500, "tokensPerBlock": 64}},
     {"iter": 7, "iterLatencyMS": 15.5, "numActiveRequests": 5, "numQueuedRequests": 3, "gpuMemUsage": 4000000000,
      "kvCacheStats": {"cacheHitRate": 0.85, "maxNumBlocks": 1000, "freeNumBlocks": 400, "usedNumBlocks": 600,
        "tokensPerBlock": 64},
      "inflightBatchingStats": {"numContextRequests": 2, "numGenRequests": 3, "numPausedRequests": 1,
        "numScheduledRequests": 5, "numCtxTokens": 256, "avgNumDecodedTokensPerIter": 4.5}}]
    """;

  private Pages() {}
}
