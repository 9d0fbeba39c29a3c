package dev.attain.engines;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class KvTransferTest {
  private static final TransferReading NOTHING = pull(0, 0, 0, 0, 0, 0, 0);

  /** As a pair writes it whose decode side fetches. */
  private static TransferReading pull(int computed, int transferred, int transfers, int failed, int failedNotifications,
      int expired, int late) {
    String prefill = """
      # HELP vllm:nixl_num_kv_expired_reqs_total Requests whose KV was never read.
      # TYPE vllm:nixl_num_kv_expired_reqs_total counter
      vllm:prompt_tokens_by_source_total{engine="0",model_name="m",source="local_compute"} %d.0
      vllm:nixl_num_kv_expired_reqs_total{engine="0",model_name="m"} %d.0
      vllm:nixl_num_notifications_after_expiry_total{engine="0",model_name="m"} %d.0
      """.formatted(computed + transferred, expired, late);
    return TransferReading.of(List.of(ServerMetrics.parse(prefill)), List.of(ServerMetrics.parse(
        sources(computed, transferred) + transfers(transfers) + """
          vllm:nixl_num_failed_transfers_total{engine="0",model_name="m"} %d.0
          vllm:nixl_num_failed_notifications_total{engine="0",model_name="m"} %d.0
          """.formatted(failed, failedNotifications))));
  }

  private static String sources(int computed, int transferred) {
    return """
      vllm:prompt_tokens_by_source_total{engine="0",model_name="m",source="local_compute"} %d.0
      vllm:prompt_tokens_by_source_total{engine="0",model_name="m",source="local_cache_hit"} 0.0
      vllm:prompt_tokens_by_source_total{engine="0",model_name="m",source="external_kv_transfer"} %d.0
      """.formatted(computed, transferred);
  }

  private static String transfers(int transfers) {
    return """
      vllm:nixl_xfer_time_seconds_count{engine="0",model_name="m"} %d.0
      vllm:nixl_xfer_time_seconds_sum{engine="0",model_name="m"} %s
      vllm:nixl_bytes_transferred_sum{engine="0",model_name="m"} %d.0
      """.formatted(transfers, transfers * 0.013, transfers * 1_300_000);
  }

  private static List<String> doubts(TransferReading after) {
    return KvTransfer.between(NOTHING, after).doubts(3, 1800);
  }

  @Test
  void promptsThatArrivedInFullAreProof() {
    KvTransfer transfer = KvTransfer.between(NOTHING, pull(0, 1800, 3, 0, 0, 0, 0));
    assertThat(transfer.doubts(3, 1800)).isEmpty();
    assertThat(transfer.figures()).containsEntry("transferredShare", 1.0).containsEntry("transfers", 3.0)
        .containsEntry("bytes", 3.9e6).containsEntry("meanTransferTime", 0.039 / 3)
        .hasEntrySatisfying("bytesPerSecond", rate -> assertThat(rate).isBetween(0.99e8, 1.01e8));
  }

  @Test
  void theLastPositionOfEachPromptMayBeComputedAgain() {
    assertThat(doubts(pull(3, 1797, 3, 0, 0, 0, 0))).isEmpty();
    assertThat(doubts(pull(0, 1797, 3, 0, 0, 0, 0))).isEmpty();
  }

  @Test
  void aDecodeSideThatComputesItsPromptsItselfIsFoundOut() {
    assertThat(doubts(pull(1800, 0, 0, 0, 0, 0, 0)))
        .containsExactly("no KV was transferred: the decode instances computed 1800 prompt tokens themselves");
    assertThat(doubts(pull(600, 1200, 2, 0, 0, 0, 0)))
        .contains("the decode instances computed 600 of 1800 prompt tokens themselves");
  }

  @Test
  void whereNoRequestSucceededThatIsSaidFirst() {
    String nothing = "no request succeeded, so that no KV transfer can be proven";
    assertThat(KvTransfer.between(NOTHING, pull(0, 0, 0, 0, 0, 0, 0)).doubts(0, 0)).containsExactly(nothing);
    assertThat(KvTransfer.between(NOTHING, pull(40, 0, 0, 2, 0, 0, 0)).doubts(0, 0)).containsExactly(nothing,
        "no KV was transferred: the decode instances computed 40 prompt tokens themselves", "2 KV transfers failed");
    assertThat(KvTransfer.between(NOTHING, pull(0, 0, 0, 0, 0, 0, 0).unsettled()).doubts(0, 0)).hasSize(2)
        .first().isEqualTo(nothing);
  }

  @Test
  void fewerTransferredTokensThanCompletedPromptsHadAreFoundOutThoughTheRestWasCountedNowhere() {
    assertThat(doubts(pull(0, 1200, 2, 0, 0, 0, 0)))
        .containsExactly("only 1200 prompt tokens were transferred, but the completed requests had 1800");
  }

  @Test
  void transfersForRequestsThatDidNotCompleteAreNoDoubt() {
    assertThat(doubts(pull(0, 2400, 4, 0, 0, 0, 0))).isEmpty();
  }

  @Test
  void failedAndExpiredTransfersAreNamedEvenWhenEveryAnswerWasComplete() {
    assertThat(doubts(pull(0, 1800, 3, 1, 4, 2, 2))).containsExactly("1 KV transfers failed",
        "4 notifications between prefill and decode instances failed",
        "the KV of 2 requests expired on the prefill side before it was read",
        "2 reads of KV came after it had expired: their answers may be wrong");
  }

  @Test
  void onlyWhatHappenedSinceCounts() {
    assertThat(KvTransfer.between(pull(500, 100, 1, 1, 1, 1, 1), pull(500, 1900, 4, 1, 1, 1, 1)).doubts(3, 1800))
        .isEmpty();
  }

  @Test
  void transfersThatThePrefillSideCarriesOutCountAsWell() {
    TransferReading pushed = TransferReading.of(
        List.of(ServerMetrics.parse(transfers(3)
            + "vllm:nixl_num_failed_transfers_total{engine=\"0\",model_name=\"m\"} 1.0\n")),
        List.of(ServerMetrics.parse(sources(0, 1800))));
    KvTransfer transfer = KvTransfer.between(TransferReading.of(List.of(ServerMetrics.parse("")),
        List.of(ServerMetrics.parse(sources(0, 0)))), pushed);
    assertThat(transfer.figures()).containsEntry("transfers", 3.0).containsEntry("bytes", 3.9e6);
    assertThat(transfer.doubts(3, 1800)).containsExactly("1 KV transfers failed");
  }

  @Test
  void anEngineThatDoesNotCountCannotProveAnything() {
    TransferReading silent = TransferReading.of(List.of(ServerMetrics.parse("")),
        List.of(ServerMetrics.parse("up 1\n")));
    assertThat(KvTransfer.between(silent, silent).doubts(3, 1800)).singleElement().asString()
        .contains("not proven");
  }

  @Test
  void anInstanceWhoseCountersGoBackProvesNothing() {
    assertThat(KvTransfer.between(pull(0, 9000, 15, 0, 0, 0, 0), pull(0, 1800, 16, 0, 0, 0, 0)).doubts(3, 1800))
        .isNotEmpty().allSatisfy(doubt -> assertThat(doubt).startsWith("KV transfer is not proven: the counters of"))
        .anySatisfy(doubt -> assertThat(doubt).contains("decode instance 0 went back"));
  }

  @Test
  void anInstanceThatStartedAnewProvesNothingEvenWhenItHasCountedMoreThanBefore() {
    ServerMetrics young = ServerMetrics.parse(sources(0, 1800) + "process_start_time_seconds 200.0\n");
    ServerMetrics old = ServerMetrics.parse(sources(0, 600) + "process_start_time_seconds 100.0\n");
    assertThat(KvTransfer.between(TransferReading.of(List.of(), List.of(old)),
        TransferReading.of(List.of(), List.of(young))).doubts(2, 1200))
        .containsExactly("KV transfer is not proven: decode instance 0 was restarted during the point");
  }

  @Test
  void countersThatSomebodyElseMovesProveNothing() {
    assertThat(KvTransfer.between(NOTHING, pull(0, 1800, 3, 0, 0, 0, 0).unsettled()).doubts(3, 1800))
        .singleElement().asString().contains("after the point").contains("somebody else uses these engines");
  }

  /** Three requests of 600, 650 and 700 tokens; the pages are vLLM 0.32's with NIXL on processors. */
  @Test
  void aRealPairProvesItsTransfers() throws IOException {
    KvTransfer transfer = KvTransfer.between(recorded("before"), recorded("after"));
    assertThat(transfer.doubts(3, 1950)).isEmpty();
    assertThat(transfer.figures()).containsEntry("transferredTokens", 1950.0).containsEntry("transfers", 3.0)
        .containsEntry("bytes", 2_228_224.0).containsEntry("transferredShare", 1.0);
  }

  @Test
  void aRealPairThatReadTooLateIsFoundOut() throws IOException {
    assertThat(KvTransfer.between(recorded("after"), recorded("expired")).doubts(2, 900)).containsExactly(
        "the KV of 1 requests expired on the prefill side before it was read",
        "1 reads of KV came after it had expired: their answers may be wrong");
  }

  private static TransferReading recorded(String moment) throws IOException {
    return TransferReading.of(List.of(page("prefill-" + moment)), List.of(page("decode-" + moment)));
  }

  private static ServerMetrics page(String name) throws IOException {
    try (InputStream stream = KvTransferTest.class.getResourceAsStream("/metrics/vllm-0.32-" + name + ".txt")) {
      return ServerMetrics.parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
