package dev.attain.cluster;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Maps that keep their order and cannot be changed; their class is private to the JDK. */
final class UnmodifiableMapSerializer extends Serializer<Map<?, ?>> {
  static final Class<?> TYPE = Collections.unmodifiableMap(Map.of()).getClass();

  @Override
  public void write(Kryo kryo, Output output, Map<?, ?> map) {
    kryo.writeObject(output, new LinkedHashMap<>(map));
  }

  @Override
  public Map<?, ?> read(Kryo kryo, Input input, Class<? extends Map<?, ?>> type) {
    LinkedHashMap<?, ?> map = kryo.readObject(input, LinkedHashMap.class);
    return Collections.unmodifiableMap(map);
  }
}
