package dev.attain.cluster;

import akka.actor.typed.ActorSystem;
import akka.stream.ActorAttributes;
import akka.stream.SourceRef;
import akka.stream.javadsl.Sink;
import akka.util.ByteString;
import dev.attain.experiment.Point;
import dev.attain.measurement.RequestRecord;
import java.util.concurrent.CompletionStage;

/** Reads the record streams of the load nodes and hands the records on; a slow observer slows the streams. */
final class RecordIntake {
  /** How many records came from a node, and when the last of its requests ended after the point's start. */
  record Received(long records, long lastEndNanos) {
    static Received nothing() {
      return new Received(0, 0);
    }

    Received plus(RequestRecord record) {
      return new Received(records + 1, Math.max(lastEndNanos, record.endNanos()));
    }
  }

  private static final String BLOCKING_DISPATCHER = "akka.actor.default-blocking-io-dispatcher";

  private final ActorSystem<?> system;
  private final RunObserver observer;
  private final Point point;

  RecordIntake(ActorSystem<?> system, RunObserver observer, Point point) {
    this.system = system;
    this.observer = observer;
    this.point = point;
  }

  CompletionStage<Received> take(String node, SourceRef<ByteString> stream) {
    return stream.getSource()
        .map(bytes -> ByteStreams.decode(system, bytes, RecordBatch.class))
        .runWith(Sink.fold(Received.nothing(), (Received sum, RecordBatch batch) -> {
          observer.on(new RunEvent.RecordsArrived(point, node, batch.records()));
          Received next = sum;
          for (RequestRecord record : batch.records()) {
            next = next.plus(record);
          }
          return next;
          // The observer writes files, so the stream runs where blocking is allowed.
        }).withAttributes(ActorAttributes.dispatcher(BLOCKING_DISPATCHER)), system);
  }
}
