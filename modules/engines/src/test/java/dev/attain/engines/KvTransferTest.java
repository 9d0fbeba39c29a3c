package dev.attain.engines;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KvTransferTest {
  private static KvTransfer counted(int computed, int transferred, int transfers, int failed, int expired, int late) {
    String prefill = """
      # HELP vllm:nixl_num_kv_expired_reqs_total Requests whose KV was never read.
      # TYPE vllm:nixl_num_kv_expired_reqs_total counter
      vllm:nixl_num_kv_expired_reqs_total{engine="0",model_name="m"} %d.0
      vllm:nixl_num_notifications_after_expiry_total{engine="0",model_name="m"} %d.0
      """.formatted(expired, late);
    String decode = """
      vllm:prompt_tokens_by_source_total{engine="0",model_name="m",source="local_compute"} %d.0
      vllm:prompt_tokens_by_source_total{engine="0",model_name="m",source="local_cache_hit"} 0.0
      vllm:prompt_tokens_by_source_total{engine="0",model_name="m",source="external_kv_transfer"} %d.0
      vllm:nixl_xfer_time_seconds_count{engine="0",model_name="m"} %d.0
      vllm:nixl_xfer_time_seconds_sum{engine="0",model_name="m"} 0.039
      vllm:nixl_bytes_transferred_sum{engine="0",model_name="m"} 3.9e+06
      vllm:nixl_num_failed_transfers_total{engine="0",model_name="m"} %d.0
      """.formatted(computed, transferred, transfers, failed);
    return KvTransfer.of(List.of(ServerMetrics.parse(prefill)), List.of(ServerMetrics.parse(decode)));
  }

  @Test
  void promptsThatArrivedInFullAreProof() {
    KvTransfer transfer = counted(0, 1800, 3, 0, 0, 0);
    assertThat(transfer.doubts()).isEmpty();
    assertThat(transfer.figures()).containsEntry("transferredShare", 1.0).containsEntry("transfers", 3.0)
        .containsEntry("bytes", 3.9e6).containsEntry("meanTransferTime", 0.039 / 3);
  }

  @Test
  void theLastPositionOfEachPromptMayBeComputedAgain() {
    assertThat(counted(3, 1797, 3, 0, 0, 0).doubts()).isEmpty();
  }

  @Test
  void aDecodeSideThatComputesItsPromptsItselfIsFoundOut() {
    assertThat(counted(1800, 0, 0, 0, 0, 0).doubts())
        .containsExactly("no KV was transferred: the decode instances computed 1800 prompt tokens themselves");
    assertThat(counted(600, 1200, 2, 0, 0, 0).doubts())
        .containsExactly("the decode instances computed 600 of 1800 prompt tokens themselves");
  }

  @Test
  void failedAndExpiredTransfersAreNamedEvenWhenEveryAnswerWasComplete() {
    assertThat(counted(0, 1800, 3, 1, 2, 2).doubts()).containsExactly("1 KV transfers failed",
        "the KV of 2 requests expired on the prefill side before it was read",
        "2 reads of KV came after it had expired: their answers may be wrong");
  }

  @Test
  void onlyWhatHappenedSinceCounts() {
    KvTransfer before = counted(500, 100, 1, 1, 1, 1);
    assertThat(counted(500, 1900, 4, 1, 1, 1).since(before).doubts()).isEmpty();
  }

  @Test
  void anEngineThatDoesNotCountCannotProveAnything() {
    KvTransfer transfer = KvTransfer.of(List.of(ServerMetrics.parse("")), List.of(ServerMetrics.parse("up 1\n")));
    assertThat(transfer.doubts()).singleElement().asString().contains("not proven");
  }
}
