package dev.attain.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * The {@code kv_transfer_params} of a request: whether its KV is to be kept for another instance, and whether it waits
 * at another instance.
 */
record KvTransferParameters(boolean remoteDecode, Optional<RemoteKv> remotePrefill) {

  static final KvTransferParameters NONE = new KvTransferParameters(false, Optional.empty());

  private static final List<String> NEEDED_TO_PULL = List.of("remote_block_ids", "remote_engine_id",
      "remote_request_id", "remote_host", "remote_port");

  /**
   * Reads them as vLLM does: when a key that is needed to pull is missing, the prompt is silently computed here.
   */
  static KvTransferParameters of(JsonNode json) {
    boolean complete = NEEDED_TO_PULL.stream().allMatch(json::hasNonNull);
    Optional<RemoteKv> remote = Optional.empty();
    if (json.path("do_remote_prefill").asBoolean() && complete) {
      remote = Optional.of(new RemoteKv(json.path("remote_engine_id").asText(), json.path("remote_request_id").asText(),
          json.path("remote_host").asText(), json.path("remote_port").asInt()));
    }
    return new KvTransferParameters(json.path("do_remote_decode").asBoolean(), remote);
  }

  /** What a prefill instance answers, for its client to give to a decode instance unchanged. */
  static void writeTo(ObjectNode target, LiveRequest request, KvTransferSetup setup, int sidePort,
      int tensorParallel) {
    target.put("do_remote_prefill", true);
    target.put("do_remote_decode", false);
    ArrayNode group = target.putArray("remote_block_ids").addArray();
    for (int block : request.heldBlocks()) {
      group.add(block);
    }
    target.put("remote_engine_id", setup.engineId());
    target.put("remote_request_id", request.id());
    target.put("remote_host", setup.sideHost());
    target.put("remote_port", sidePort);
    target.put("tp_size", tensorParallel);
    target.put("remote_num_tokens", request.order().promptTokens());
    target.putNull("remote_blocks_expiry_time");
    target.put("transfer_mode", "pull");
  }
}
