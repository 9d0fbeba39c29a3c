package dev.attain.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * One client connection, which carries one request at a time. Used only on its event loop.
 *
 * <p>
 * Streams are written past the HTTP encoder, already framed: a token then costs one buffer and one write.
 */
final class HttpConnection extends SimpleChannelInboundHandler<FullHttpRequest> {

  private static final String STREAM_HEAD = String.join("\r\n", "HTTP/1.1 200 OK",
      "content-type: text/event-stream; charset=utf-8", "transfer-encoding: chunked", "");
  private static final String CLOSING = "connection: close\r\n";

  /** A client that does not read may hold up this much before it is cut off. */
  private static final long MOST_UNREAD_BYTES = 16L << 20;

  private final FrontEnd frontEnd;
  private final Duration keepAlive;
  private final int loopIndex;
  private Optional<ChannelHandlerContext> context = Optional.empty();
  private Optional<Runnable> onDisconnect = Optional.empty();
  private Optional<Future<?>> idleTimer = Optional.empty();
  private boolean busy;
  private boolean gone;
  private boolean persistent = true;

  HttpConnection(FrontEnd frontEnd, Duration keepAlive, int loopIndex) {
    this.frontEnd = frontEnd;
    this.keepAlive = keepAlive;
    this.loopIndex = loopIndex;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = Optional.of(added);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext channel, FullHttpRequest request) {
    if (busy) {
      // Requests sent ahead of answers are not needed by any client of an engine.
      channel.close();
      return;
    }
    idleTimer.ifPresent(timer -> timer.cancel(false));
    busy = true;
    persistent = HttpUtil.isKeepAlive(request) && keepAlive.isPositive();
    frontEnd.handle(this, request);
  }

  @Override
  public void channelInactive(ChannelHandlerContext channel) {
    gone = true;
    idleTimer.ifPresent(timer -> timer.cancel(false));
    onDisconnect.ifPresent(Runnable::run);
    onDisconnect = Optional.empty();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext channel, Throwable cause) {
    channel.close();
  }

  /** Which of the server's event loops it belongs to. */
  int loopIndex() {
    return loopIndex;
  }

  ByteBufAllocator allocator() {
    return channel().alloc();
  }

  /** Runs when the client goes away before its answer is complete. */
  void whenDisconnected(Runnable action) {
    onDisconnect = Optional.of(action);
  }

  /** Writes an error, in JSON. */
  void respondError(ApiException error) {
    respond(error.status(), "application/json", error.body(), error.retryAfterSeconds());
  }

  /** Resets the connection: its client gets an error and not an end. */
  void reset() {
    channel().channel().config().setOption(ChannelOption.SO_LINGER, 0);
    channel().close();
  }

  /** Runs something on its event loop after a while. */
  void later(Runnable action, long delay, TimeUnit unit) {
    channel().executor().schedule(action, delay, unit);
  }

  void respondJson(int status, String body) {
    respond(status, "application/json", body);
  }

  /** Writes a whole answer. */
  void respond(int status, String contentType, String body) {
    respond(status, contentType, body, OptionalLong.empty());
  }

  private void respond(int status, String contentType, String body, OptionalLong retryAfterSeconds) {
    if (gone) {
      return;
    }
    DefaultFullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1,
        HttpResponseStatus.valueOf(status), Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
    if (!contentType.isEmpty()) {
      response.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
    }
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
    retryAfterSeconds.ifPresent(seconds -> response.headers().set(HttpHeaderNames.RETRY_AFTER, seconds));
    if (!persistent) {
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
    finish(channel().writeAndFlush(response));
  }

  /** Writes the head of a stream, long before its first token. */
  void beginStream() {
    String head = STREAM_HEAD + (persistent ? "" : CLOSING) + "\r\n";
    raw().writeAndFlush(Unpooled.copiedBuffer(head, StandardCharsets.US_ASCII));
  }

  /** Writes framed events; a client that has gone gets nothing. */
  void writeStream(ByteBuf events) {
    if (gone) {
      events.release();
      return;
    }
    raw().writeAndFlush(events, raw().voidPromise());
    if (channel().channel().bytesBeforeWritable() > MOST_UNREAD_BYTES) {
      channel().close();
    }
  }

  /** Writes the framed end of a stream. */
  void endStream(ByteBuf events) {
    if (gone) {
      events.release();
      return;
    }
    finish(raw().writeAndFlush(events));
  }

  private void finish(ChannelFuture written) {
    busy = false;
    onDisconnect = Optional.empty();
    if (!persistent) {
      written.addListener(ChannelFutureListener.CLOSE);
      return;
    }
    idleTimer = Optional
        .of(channel().executor().schedule(() -> channel().close(), keepAlive.toNanos(), TimeUnit.NANOSECONDS));
  }

  private ChannelHandlerContext channel() {
    return context.orElseThrow();
  }

  private ChannelHandlerContext raw() {
    return channel().pipeline().context(HttpResponseEncoder.class);
  }
}
