package dev.attain.cluster;

import akka.actor.ExtendedActorSystem;
import akka.actor.typed.javadsl.Adapter;
import akka.stream.SourceRef;
import akka.stream.StreamRefResolver;
import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;

/** The address of a stream's origin as text. */
final class SourceRefSerializer extends Serializer<SourceRef<?>> {
  private final ExtendedActorSystem system;

  SourceRefSerializer(ExtendedActorSystem system) {
    this.system = system;
  }

  @Override
  public void write(Kryo kryo, Output output, SourceRef<?> reference) {
    output.writeString(resolver().toSerializationFormat(reference));
  }

  @Override
  public SourceRef<?> read(Kryo kryo, Input input, Class<? extends SourceRef<?>> type) {
    return resolver().resolveSourceRef(input.readString());
  }

  private StreamRefResolver resolver() {
    return StreamRefResolver.get(Adapter.toTyped(system));
  }
}
