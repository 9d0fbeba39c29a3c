package dev.attain.measurement;

import static dev.attain.measurement.SampleRequests.SLO;
import static dev.attain.measurement.SampleRequests.random;
import static dev.attain.measurement.SampleRequests.replay;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SnapshotMergeTest {
  private record Offer(String node, Snapshot snapshot) {}

  @Test
  void splittingRequestsOverNodesAndRecordersGivesTheTotalOfOneRecorderBitForBit() {
    for (int nodes = 1; nodes <= 8; nodes++) {
      for (int recorders = 1; recorders <= 3; recorders++) {
        List<RequestRecord> requests = random(100L * nodes + recorders, 600);
        SnapshotMerge merge = merged(last(offers(requests, nodes, recorders)));

        Snapshot expected = SampleRequests.snapshotOf(requests);
        assertThat(merge.total().counts()).isEqualTo(expected.counts());
        assertThat(merge.total().latencies()).isEqualTo(expected.latencies());
        assertThat(merge.total().latencies().requiredScale()).isEqualTo(expected.latencies().requiredScale());
      }
    }
  }

  /** What reaches a file is what was encoded: equal histograms would not be enough if they were written differently. */
  @Test
  void oneFourAndSixteenNodesAreEncodedToTheSameBytesOnceMerged() {
    List<RequestRecord> requests = random(77, 4_000);
    EncodedSnapshot alone = encodedAsNumberOne(SampleRequests.snapshotOf(requests));
    for (int nodes : new int[]{1, 4, 16}) {
      for (int recorders : new int[]{1, 4, 16}) {
        Snapshot total = merged(last(offers(requests, nodes, recorders))).total();

        EncodedSnapshot together = encodedAsNumberOne(total);
        assertThat(together.counts()).isEqualTo(alone.counts());
        assertThat(together.outOfRange()).isEqualTo(alone.outOfRange());
        assertThat(together.histograms().keySet()).isEqualTo(alone.histograms().keySet());
        alone.histograms().forEach((name, bytes) -> assertThat(together.histograms().get(name))
            .as("%s of %d nodes with %d recorders each", name, nodes, recorders).isEqualTo(bytes));
      }
    }
  }

  @Test
  void neitherTheOrderOfOffersNorTheirRepetitionMatters() {
    List<RequestRecord> requests = random(31, 400);
    List<Offer> once = offers(requests, 4, 2);
    Snapshot expected = merged(once).total();
    List<Offer> offers = new ArrayList<>(once);
    offers.addAll(once);
    for (int round = 0; round < 30; round++) {
      Collections.shuffle(offers, new Random(round));
      assertThat(merged(offers).total()).isEqualTo(expected);
    }
    assertThat(expected.latencies()).isEqualTo(SampleRequests.snapshotOf(requests).latencies());
  }

  @Test
  void aTotalMayTravelAndBeMergedAgain() {
    List<RequestRecord> requests = random(8, 300);
    List<Offer> offers = last(offers(requests, 4, 1));
    SnapshotMerge left = merged(offers.subList(0, 2));
    SnapshotMerge right = merged(offers.subList(2, 4));
    SnapshotMerge top = new SnapshotMerge();

    top.offer("left", left.total().encode().decode());
    top.offer("right", right.total().encode().decode());

    assertThat(top.total()).isEqualTo(merged(offers).total());
  }

  @Test
  void theShareOfALostNodeIsAccountedForEvenIfItNeverReported() {
    SnapshotMerge merge = new SnapshotMerge();
    merge.offer("a", Snapshot.beforeStart(100));
    merge.offer("b", Snapshot.beforeStart(50));
    merge.offer("a", SampleRequests.snapshotOf(random(3, 100)));

    merge.markLost("b");

    assertThat(merge.counts("b").lost()).isEqualTo(50);
    assertThat(merge.total().counts().conserved()).isTrue();
    assertThat(merge.total().counts().planned()).isEqualTo(150);
  }

  @Test
  void aSnapshotThatArrivesAfterItsNodeWasLostStillCounts() {
    Recorder recorder = new Recorder(SLO);
    Collector collector = new Collector(List.of(recorder), 100);
    List<RequestRecord> requests = random(3, 100);
    requests.subList(0, 30).forEach(request -> replay(request, recorder));
    Snapshot early = collector.snapshot();
    requests.subList(30, 60).forEach(request -> replay(request, recorder));
    Snapshot late = collector.snapshot();
    SnapshotMerge merge = new SnapshotMerge();

    merge.markLost("a");
    merge.offer("a", early);
    assertThat(merge.counts("a").lost()).isEqualTo(70);
    merge.offer("a", late);
    merge.offer("a", early);

    assertThat(merge.counts("a").lost()).isEqualTo(40);
    assertThat(merge.newest("a")).contains(late.withRemainderLost());
  }

  @Test
  void anUnknownNodeHasNoSnapshotAndNoCounts() {
    SnapshotMerge merge = new SnapshotMerge();
    assertThat(merge.newest("nobody")).isEmpty();
    assertThat(merge.counts("nobody")).isEqualTo(Counts.none());
    assertThat(merge.total()).isEqualTo(Snapshot.beforeStart(0));
  }

  @Test
  void nodesAreListedInTheOrderOfTheirNames() {
    SnapshotMerge merge = new SnapshotMerge();
    for (String node : List.of("load-2", "load-0", "load-1")) {
      merge.offer(node, Snapshot.beforeStart(1));
    }
    assertThat(merge.nodes()).containsExactly("load-0", "load-1", "load-2");
  }

  /** The number counts snapshots, of which several nodes have taken more. */
  private static EncodedSnapshot encodedAsNumberOne(Snapshot snapshot) {
    return new Snapshot(1, snapshot.counts(), snapshot.latencies()).encode();
  }

  private static SnapshotMerge merged(List<Offer> offers) {
    SnapshotMerge merge = new SnapshotMerge();
    offers.forEach(offer -> merge.offer(offer.node(), offer.snapshot()));
    return merge;
  }

  private static List<Offer> last(List<Offer> offers) {
    long highest = offers.stream().mapToLong(offer -> offer.snapshot().number()).max().orElseThrow();
    return offers.stream().filter(offer -> offer.snapshot().number() == highest).toList();
  }

  // Three snapshots of each node, taken after a third of its requests each; dealt round robin to its recorders.
  private static List<Offer> offers(List<RequestRecord> requests, int nodes, int recordersPerNode) {
    List<Offer> offers = new ArrayList<>();
    for (int node = 0; node < nodes; node++) {
      int first = node;
      List<RequestRecord> share = IntStream.range(0, requests.size()).filter(index -> index % nodes == first)
          .mapToObj(requests::get).toList();
      List<Recorder> recorders = IntStream.range(0, recordersPerNode).mapToObj(at -> new Recorder(SLO)).toList();
      Collector collector = new Collector(recorders, share.size());
      for (int third = 0; third < 3; third++) {
        for (int at = share.size() * third / 3; at < share.size() * (third + 1) / 3; at++) {
          replay(share.get(at), recorders.get(at % recordersPerNode));
        }
        offers.add(new Offer("node-" + node, collector.snapshot().encode().decode()));
      }
    }
    return offers;
  }
}
