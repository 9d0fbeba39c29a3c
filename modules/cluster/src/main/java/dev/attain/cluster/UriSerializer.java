package dev.attain.cluster;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.net.URI;

/** An address as its text. */
final class UriSerializer extends Serializer<URI> {
  @Override
  public void write(Kryo kryo, Output output, URI uri) {
    output.writeString(uri.toString());
  }

  @Override
  public URI read(Kryo kryo, Input input, Class<? extends URI> type) {
    return URI.create(input.readString());
  }
}
