package dev.attain.simulator;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.List;
import java.util.Optional;

/** The prefill instance's end of the {@link SideChannel}: tells what is held, and frees it once read. */
final class SideChannelHandler extends SimpleChannelInboundHandler<String> {

  private final EngineThread engine;
  private final String engineId;
  private final String model;

  SideChannelHandler(EngineThread engine, String engineId, String model) {
    this.engine = engine;
    this.engineId = engineId;
    this.model = model;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, String line) {
    List<String> words = SideChannel.words(line);
    if (words.size() == 4 && words.get(0).equals(SideChannel.PEEK)) {
      answer(context, peek(words.get(1), words.get(2), words.get(3)));
    } else if (words.size() == 2 && words.get(0).equals(SideChannel.RENEW)) {
      engine.held().find(words.get(1)).ifPresent(entry -> engine.renewLease(entry.request()));
      answer(context, SideChannel.OK);
    } else if (words.size() == 2 && words.get(0).equals(SideChannel.DONE)) {
      release(words.get(1));
      answer(context, SideChannel.OK);
    } else {
      context.close();
    }
  }

  private String peek(String addressed, String modelOfReader, String requestId) {
    if (!addressed.equals(engineId) || !modelOfReader.equals(model)) {
      return SideChannel.STRANGER;
    }
    boolean held = engine.held().find(requestId).map(HeldRequests.Entry::held).orElse(false);
    return held ? SideChannel.HELD : SideChannel.GONE;
  }

  private void release(String requestId) {
    Optional<HeldRequests.Entry> entry = engine.held().remove(requestId);
    if (entry.isPresent() && entry.get().held()) {
      engine.releaseHeld(entry.get().request());
      return;
    }
    engine.metrics().notificationsAfterExpiry.incrementAndGet();
  }

  private static void answer(ChannelHandlerContext context, String word) {
    context.writeAndFlush(SideChannel.line(word));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
