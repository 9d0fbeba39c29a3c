package dev.attain.cluster;

import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Adapter;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.stream.javadsl.StreamRefs;
import akka.stream.SourceRef;
import akka.util.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Objects of any size as streams of small byte strings, each far below the limit of a message. */
final class ByteStreams {
  private static final int CHUNK_BYTES = 64 * 1024;

  private ByteStreams() {}

  /** A stream that one remote reader may consume once. */
  static SourceRef<ByteString> offer(ActorSystem<?> system, Wire value) {
    ByteString bytes = encode(system, value);
    Source<ByteString, NotUsed> chunks = Source.from(chunksOf(bytes));
    return chunks.runWith(StreamRefs.sourceRef(), system);
  }

  /** Reads what {@link #offer} sent. */
  static <T extends Wire> CompletionStage<T> read(ActorSystem<?> system, SourceRef<ByteString> stream, Class<T> type) {
    return stream.getSource().runWith(Sink.fold(ByteString.emptyByteString(), ByteString::concat), system)
        .thenApply(bytes -> decode(system, bytes, type));
  }

  static ByteString encode(ActorSystem<?> system, Wire value) {
    return ByteString.fromArray(serialization(system).serialize(value).get());
  }

  static <T extends Wire> T decode(ActorSystem<?> system, ByteString bytes, Class<T> type) {
    return serialization(system).deserialize(bytes.toArray(), type).get();
  }

  private static Iterable<ByteString> chunksOf(ByteString bytes) {
    List<ByteString> chunks = new ArrayList<>();
    for (int from = 0; from < bytes.size(); from += CHUNK_BYTES) {
      chunks.add(bytes.slice(from, Math.min(from + CHUNK_BYTES, bytes.size())).compact());
    }
    return chunks;
  }

  private static Serialization serialization(ActorSystem<?> system) {
    return SerializationExtension.get(Adapter.toClassic(system));
  }
}
