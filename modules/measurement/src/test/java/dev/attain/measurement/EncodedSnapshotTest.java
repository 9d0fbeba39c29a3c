package dev.attain.measurement;

import static dev.attain.measurement.SampleRequests.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class EncodedSnapshotTest {

  @Test
  void decodingGivesBackTheSnapshotBitForBit() {
    for (long seed = 0; seed < 10; seed++) {
      Snapshot snapshot = SampleRequests.snapshotOf(random(seed, (int) seed * 200));
      Snapshot decoded = snapshot.encode().decode();

      assertThat(decoded).isEqualTo(snapshot).hasSameHashCodeAs(snapshot);
      for (LatencyMetric metric : LatencyMetric.values()) {
        assertThat(decoded.latencies().of(metric)).isEqualTo(snapshot.latencies().of(metric));
        assertThat(decoded.latencies().outOfRange(metric)).isEqualTo(snapshot.latencies().outOfRange(metric));
      }
      assertThat(decoded.latencies().requiredScale()).isEqualTo(snapshot.latencies().requiredScale());
    }
  }

  @Test
  void valuesOutOfRangeTravelToo() {
    Recorder recorder = new Recorder(SampleRequests.SLO);
    recorder.tokenGap(-5);
    Snapshot snapshot = new Collector(java.util.List.of(recorder), 3).snapshot();

    assertThat(snapshot.encode().outOfRange()).containsEntry("itl", 1L).containsEntry("requiredScale", 0L);
    assertThat(snapshot.encode().decode().latencies().outOfRange(LatencyMetric.ITL)).isEqualTo(1);
  }

  @Test
  void aDistributionWithoutValuesTakesNoBytes() {
    Snapshot snapshot = Snapshot.beforeStart(7);

    assertThat(snapshot.encode().histograms()).hasSize(Latencies.SERIES).allSatisfy(
        (name, bytes) -> assertThat(bytes).isEmpty());
    assertThat(snapshot.encode().decode()).isEqualTo(snapshot);
  }

  @Test
  void equalityIsByContent() {
    EncodedSnapshot one = SampleRequests.snapshotOf(random(4, 300)).encode();
    EncodedSnapshot same = SampleRequests.snapshotOf(random(4, 300)).encode();
    EncodedSnapshot other = SampleRequests.snapshotOf(random(5, 300)).encode();

    assertThat(one).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo(other);
    assertThat(one).isNotEqualTo(with(one, "ttft", other.histograms().get("ttft")));
  }

  @Test
  void anotherLayoutIsRefusedWithASentence() {
    EncodedSnapshot encoded = Snapshot.beforeStart(1).encode();
    EncodedSnapshot foreign = new EncodedSnapshot(7, new HistogramLayout(1, 60_000_000, 2), encoded.counts(),
        encoded.histograms(), encoded.outOfRange());

    assertThatIllegalArgumentException().isThrownBy(foreign::decode).withMessage(
        "snapshot 7 covers 1 to 60000000 with 2 digits, this node needs 1 to 3600000000 with 3 digits; "
            + "use the same version of attain on all nodes");
  }

  @Test
  void aHistogramWithAnotherLayoutThanTheSnapshotClaimsIsRefused() {
    Histogram wide = new Histogram(1, 7_200_000_000L, 3);
    ByteBuffer buffer = ByteBuffer.allocate(wide.getNeededByteBufferCapacity());
    byte[] bytes = Arrays.copyOf(buffer.array(), wide.encodeIntoCompressedByteBuffer(buffer));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> with(Snapshot.beforeStart(1).encode(), "tpot", bytes).decode())
        .withMessageContaining("histogram tpot of snapshot 0 covers 1 to 7200000000");
  }

  @Test
  void aMissingOrDamagedHistogramIsRefusedByName() {
    EncodedSnapshot encoded = SampleRequests.snapshotOf(random(4, 300)).encode();
    Map<String, byte[]> incomplete = new HashMap<>(encoded.histograms());
    incomplete.remove("e2e");
    EncodedSnapshot missing = new EncodedSnapshot(1, encoded.layout(), encoded.counts(), incomplete,
        encoded.outOfRange());

    assertThatIllegalArgumentException().isThrownBy(missing::decode)
        .withMessage("histogram e2e of snapshot 1 is missing");
    byte[] whole = encoded.histograms().get("ttft");
    for (int length = 1; length < whole.length; length += 50) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatIllegalArgumentException().isThrownBy(() -> with(encoded, "ttft", cut).decode())
          .withMessageStartingWith("histogram ttft of snapshot 1 is damaged");
    }
  }

  private static EncodedSnapshot with(EncodedSnapshot encoded, String name, byte[] bytes) {
    Map<String, byte[]> histograms = new HashMap<>(encoded.histograms());
    histograms.put(name, bytes);
    return new EncodedSnapshot(encoded.number(), encoded.layout(), encoded.counts(), histograms, encoded.outOfRange());
  }
}
