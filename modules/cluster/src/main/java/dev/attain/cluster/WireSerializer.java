package dev.attain.cluster;

import akka.actor.ExtendedActorSystem;
import akka.serialization.JSerializer;
import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.util.Pool;

/**
 * Kryo for everything between nodes. Only registered classes pass, under fixed ids ({@link WireCatalogue}), so that what
 * arrives can never name a class of its own. Thread-safe: Kryo instances are pooled.
 */
public final class WireSerializer extends JSerializer {
  // Any number outside Akka's own range; it travels with each message and must never change.
  private static final int IDENTIFIER = 735_501;
  private static final int INITIAL_BUFFER_BYTES = 4 * 1024;

  private final Pool<Kryo> pool;

  /** Called by Akka with the starting system; looks nothing up in it before the first message. */
  public WireSerializer(ExtendedActorSystem system) {
    this.pool = new Pool<>(true, false, 8) {
      @Override
      protected Kryo create() {
        return WireCatalogue.kryo(system);
      }
    };
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public boolean includeManifest() {
    return false;
  }

  @Override
  public byte[] toBinary(Object message) {
    Kryo kryo = pool.obtain();
    try {
      Output output = new Output(INITIAL_BUFFER_BYTES, -1);
      kryo.writeClassAndObject(output, message);
      return output.toBytes();
    } finally {
      pool.free(kryo);
    }
  }

  @Override
  public Object fromBinaryJava(byte[] bytes, Class<?> manifest) {
    Kryo kryo = pool.obtain();
    try {
      return kryo.readClassAndObject(new Input(bytes));
    } finally {
      pool.free(kryo);
    }
  }
}
