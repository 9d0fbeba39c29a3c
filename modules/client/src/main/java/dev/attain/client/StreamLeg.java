package dev.attain.client;

import dev.attain.measurement.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** The leg whose answer is a stream of tokens. */
final class StreamLeg extends Leg implements TokenStream.Listener {
  /** Writes the request. */
  interface Message {
    ByteBuf write(ByteBufAllocator allocator, Endpoint endpoint);
  }

  private final Message message;
  private final TokenStream stream;

  /** @param scanner shared by all legs of an event loop */
  StreamLeg(Call call, Endpoint endpoint, String prefix, EventScanner scanner, Message message) {
    super(call, endpoint, prefix);
    this.message = message;
    this.stream = new TokenStream(call.body().length(), scanner, this);
  }

  @Override
  ByteBuf message(ByteBufAllocator allocator) {
    return message.write(allocator, endpoint());
  }

  @Override
  void content(ByteBuf data, int from, int to) {
    stream.read(data, from, to);
  }

  @Override
  void contentEnd() {
    stream.end();
  }

  @Override
  public void tokens(int tokens) {
    call().tokens(tokens, readNanos());
  }

  @Override
  public void ended(String problem, int tokens) {
    call().received(tokens);
    if (problem.isEmpty()) {
      call().conclude(Outcome.COMPLETED, "", readNanos());
    } else {
      fail(problem);
    }
  }

  @Override
  String progress() {
    return stream.progress();
  }
}
