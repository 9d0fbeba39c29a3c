package dev.attain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A prefill and a decode simulator, joined by a client that forwards what the one says to the other. */
class DisaggregatedServingTest {

  private static final String COMPLETIONS = "/v1/completions";
  private static final String PROMPT = "\"prompt\":[" + "5,".repeat(499) + "5]";
  private static final String PREFILL_BODY = "{" + PROMPT
      + ",\"max_tokens\":1,\"kv_transfer_params\":{\"do_remote_decode\":true,\"do_remote_prefill\":false}}";

  private SimulatorServer prefillServer;
  private SimulatorServer decodeServer;
  private SimulatorClient prefill;
  private SimulatorClient decode;

  private void start(String prefillExtra, String decodeExtra, String... decodeFlags) {
    prefillServer = SimulatorClient.start("--kv-transfer-config",
        "{\"kv_connector\":\"NixlConnector\",\"kv_role\":\"kv_producer\"" + prefillExtra + "}");
    String[] flags = new String[decodeFlags.length + 2];
    flags[0] = "--kv-transfer-config";
    flags[1] = "{\"kv_connector\":\"NixlConnector\",\"kv_role\":\"kv_consumer\"" + decodeExtra + "}";
    System.arraycopy(decodeFlags, 0, flags, 2, decodeFlags.length);
    decodeServer = SimulatorClient.start(flags);
    prefill = new SimulatorClient(prefillServer);
    decode = new SimulatorClient(decodeServer);
  }

  @AfterEach
  void stop() {
    prefillServer.close();
    decodeServer.close();
  }

  private ObjectNode prefilled() {
    JsonNode parameters = prefill.postForJson(COMPLETIONS, PREFILL_BODY).get("kv_transfer_params");
    return (ObjectNode) parameters;
  }

  private static String decodeBody(JsonNode parameters, boolean stream) {
    return "{" + PROMPT + ",\"max_tokens\":4,\"stream\":" + stream + ",\"kv_transfer_params\":" + parameters + "}";
  }

  @Test
  void aPrefillInstanceSaysWhereItsKvWaits() {
    start("", "");

    JsonNode parameters = prefilled();

    assertThat(parameters.get("do_remote_prefill").asBoolean()).isTrue();
    assertThat(parameters.get("do_remote_decode").asBoolean()).isFalse();
    assertThat(parameters.get("remote_block_ids").get(0)).hasSize(32);
    assertThat(parameters.get("remote_num_tokens").asInt()).isEqualTo(500);
    assertThat(parameters.get("remote_port").asInt()).isEqualTo(prefillServer.sidePort());
    assertThat(parameters.get("tp_size").asInt()).isEqualTo(1);
    assertThat(parameters.get("remote_request_id").asText()).startsWith("cmpl-");
    assertThat(prefill.metric("vllm:kv_cache_usage_perc")).isPositive();
  }

  @Test
  void aDecodeInstanceFetchesThePromptsKvAndThePrefillInstanceFreesIt() {
    start("", "");

    List<String> events = decode.events(COMPLETIONS, decodeBody(prefilled(), true));

    assertThat(events).hasSize(5);
    assertThat(decode.metric("vllm:prompt_tokens_by_source_total", "external_kv_transfer")).isEqualTo(500);
    assertThat(decode.metric("vllm:prompt_tokens_by_source_total", "local_compute")).isZero();
    assertThat(decode.metric("vllm:nixl_bytes_transferred_sum")).isEqualTo(500 * 131_072.0);
    assertThat(decode.metric("vllm:nixl_num_descriptors_sum")).isEqualTo(32 * 32);
    assertThat(decode.metric("vllm:nixl_xfer_time_seconds_count")).isEqualTo(1);
    SimulatorClient.eventually("freed blocks", () -> prefill.metric("vllm:kv_cache_usage_perc") == 0);
    assertThat(prefill.metric("vllm:nixl_num_kv_expired_reqs_total")).isZero();
    assertThat(decode.metric("vllm:nixl_num_failed_transfers_total")).isZero();
  }

  @Test
  void anExpiredLeaseIsCountedOnThePrefillSideAndTheAnswerIsStillGood() {
    start(",\"kv_connector_extra_config\":{\"kv_lease_duration\":0.05}", "");
    JsonNode parameters = prefilled();
    SimulatorClient.eventually("an expired lease",
        () -> prefill.metric("vllm:nixl_num_kv_expired_reqs_total") == 1);
    assertThat(prefill.metric("vllm:kv_cache_usage_perc")).isZero();

    JsonNode answer = decode.postForJson(COMPLETIONS, decodeBody(parameters, false));

    assertThat(answer.get("usage").get("completion_tokens").asInt()).isEqualTo(4);
    SimulatorClient.eventually("a late notification",
        () -> prefill.metric("vllm:nixl_num_notifications_after_expiry_total") == 1);
  }

  @Test
  void heartbeatsKeepTheLeaseOfARequestThatWaitsOnTheDecodeInstance() {
    start(",\"kv_connector_extra_config\":{\"kv_lease_duration\":0.6}",
        ",\"kv_connector_extra_config\":{\"kv_lease_duration\":0.6}", "--sim-transfer-ms", "1500");

    decode.postForJson(COMPLETIONS, decodeBody(prefilled(), false));

    assertThat(prefill.metric("vllm:nixl_num_kv_expired_reqs_total")).isZero();
  }

  @Test
  void aStrangeEngineFailsTheRequestByDefault() {
    start("", "");
    ObjectNode parameters = prefilled().put("remote_engine_id", "somebody-else");

    HttpResponse<String> whole = decode.post(COMPLETIONS, decodeBody(parameters, false));
    List<String> events = decode.events(COMPLETIONS, decodeBody(parameters, true));

    assertThat(whole.statusCode()).isEqualTo(500);
    assertThat(events).hasSize(2).endsWith("[DONE]");
    assertThat(SimulatorClient.json(events.get(0)).get("error").get("type").asText())
        .isEqualTo("InternalServerError");
    assertThat(decode.metric("vllm:nixl_num_failed_transfers_total")).isEqualTo(2);
    assertThat(decode.metric("vllm:request_success_total", "error")).isEqualTo(2);
    assertThat(decode.metric("vllm:kv_cache_usage_perc")).isZero();
  }

  @Test
  void anUnreachablePrefillInstanceMakesTheDecodeInstanceComputeIfToldSo() {
    start("", ",\"kv_load_failure_policy\":\"recompute\"");
    JsonNode parameters = prefilled();
    prefillServer.close();

    JsonNode answer = decode.postForJson(COMPLETIONS, decodeBody(parameters, false));

    assertThat(answer.get("usage").get("completion_tokens").asInt()).isEqualTo(4);
    assertThat(decode.metric("vllm:nixl_num_failed_transfers_total")).isEqualTo(1);
    assertThat(decode.metric("vllm:prompt_tokens_by_source_total", "local_compute")).isEqualTo(500);
  }

  @Test
  void aLeaseCanBeMadeToEndAtOnceAndTheAnswerIsStillGood() {
    start("", "");
    prefillServer.close();
    prefillServer = SimulatorClient.start("--kv-transfer-config",
        "{\"kv_connector\":\"NixlConnector\",\"kv_role\":\"kv_producer\"}", "--sim-fault", "kv-expired");
    prefill = new SimulatorClient(prefillServer);

    JsonNode answer = decode.postForJson(COMPLETIONS, decodeBody(prefilled(), false));

    assertThat(answer.get("usage").get("completion_tokens").asInt()).isEqualTo(4);
    SimulatorClient.eventually("a late notification",
        () -> prefill.metric("vllm:nixl_num_notifications_after_expiry_total") == 1);
    assertThat(prefill.metric("vllm:nixl_num_kv_expired_reqs_total")).isEqualTo(1);
    assertThat(prefill.metric("vllm:kv_cache_usage_perc")).isZero();
  }

  @Test
  void aTransferCanBeMadeToFail() {
    start("", "", "--sim-fault", "kv-failed");

    HttpResponse<String> whole = decode.post(COMPLETIONS, decodeBody(prefilled(), false));
    List<String> events = decode.events(COMPLETIONS, decodeBody(prefilled(), true));

    assertThat(whole.statusCode()).isEqualTo(500);
    assertThat(events).hasSize(2).endsWith("[DONE]");
    assertThat(decode.metric("vllm:nixl_num_failed_transfers_total")).isEqualTo(2);
  }

  @Test
  void missingParametersAreSilentlyComputedLocally() {
    start("", "");
    ObjectNode parameters = prefilled();
    parameters.remove("remote_block_ids");

    decode.postForJson(COMPLETIONS, decodeBody(parameters, false));

    assertThat(decode.metric("vllm:prompt_tokens_by_source_total", "local_compute")).isEqualTo(500);
    assertThat(decode.metric("vllm:prompt_tokens_by_source_total", "external_kv_transfer")).isZero();
    assertThat(decode.metric("vllm:nixl_num_failed_transfers_total")).isZero();
  }

  @Test
  void aClientThatLeavesDuringTheTransferFreesBothSides() throws IOException {
    start("", "", "--sim-transfer-ms", "60000");
    JsonNode parameters = prefilled();
    byte[] body = decodeBody(parameters, true).getBytes(StandardCharsets.US_ASCII);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), decodeServer.port())) {
      socket.getOutputStream().write(("POST /v1/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
          + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(body);
      SimulatorClient.eventually("a waiting request", () -> decode.metric("vllm:kv_cache_usage_perc") > 0);
    }

    SimulatorClient.eventually("free blocks of the decode instance",
        () -> decode.metric("vllm:kv_cache_usage_perc") == 0);
    SimulatorClient.eventually("free blocks of the prefill instance",
        () -> prefill.metric("vllm:kv_cache_usage_perc") == 0);
    assertThat(prefill.metric("vllm:nixl_num_kv_expired_reqs_total")).isZero();
  }

  @Test
  void aRefusedDecodeRequestFreesThePrefillInstance() {
    start("", "", "--max-model-len", "400");

    assertThat(decode.post(COMPLETIONS, decodeBody(prefilled(), false)).statusCode()).isEqualTo(400);

    SimulatorClient.eventually("freed blocks", () -> prefill.metric("vllm:kv_cache_usage_perc") == 0);
  }

  @Test
  void anEngineWithoutAConnectorIgnoresTransferParameters() {
    start("", "");
    try (SimulatorServer plain = SimulatorClient.start()) {
      SimulatorClient own = new SimulatorClient(plain);

      assertThat(own.postForJson(COMPLETIONS, PREFILL_BODY).get("kv_transfer_params").isNull()).isTrue();
      own.postForJson(COMPLETIONS, decodeBody(prefilled(), false));
      assertThat(own.metric("vllm:prompt_tokens_by_source_total", "local_compute")).isEqualTo(1000);
    }
  }
}
