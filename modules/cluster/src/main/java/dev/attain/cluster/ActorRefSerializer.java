package dev.attain.cluster;

import akka.actor.ExtendedActorSystem;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.javadsl.Adapter;
import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;

/** An actor's address as text. The resolver is looked up at use: at construction the system is still starting. */
final class ActorRefSerializer extends Serializer<ActorRef<?>> {
  private final ExtendedActorSystem system;

  ActorRefSerializer(ExtendedActorSystem system) {
    this.system = system;
  }

  @Override
  public void write(Kryo kryo, Output output, ActorRef<?> reference) {
    output.writeString(resolver().toSerializationFormat(reference));
  }

  @Override
  public ActorRef<?> read(Kryo kryo, Input input, Class<? extends ActorRef<?>> type) {
    return resolver().resolveActorRef(input.readString());
  }

  private ActorRefResolver resolver() {
    return ActorRefResolver.get(Adapter.toTyped(system));
  }
}
