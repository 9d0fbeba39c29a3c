package dev.attain.client;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;

/**
 * The benchmark's server with known truth: every token of every stream has an absolute instant, and how late it left is
 * written down. One event for each write. Arguments: TTFT and ITL in milliseconds. Prints its port, then, once standard
 * input ends, its own lateness.
 */
final class PacedServer extends ChannelInboundHandlerAdapter {
  private static final Pattern CONTENT_LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");
  private static final Pattern MAX_TOKENS = Pattern.compile("\"max_tokens\":(\\d+)");
  private static final ByteBuf HEAD = bytes(
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
  private static final ByteBuf TOKEN = chunk("data: {\"id\":\"cmpl-3f0a9bd7c8e14c6c8b6a2f6d1e0f7a55\",\"object\":"
      + "\"text_completion\",\"created\":1763800000,\"model\":\"meta-llama/Llama-3.1-8B\",\"choices\":[{\"index\":0,"
      + "\"text\":\" token\",\"logprobs\":null,\"finish_reason\":null,\"stop_reason\":null}]}\n\n");
  private static final Histogram LATENESS = new Histogram(3);

  private final long ttftNanos;
  private final long itlNanos;
  private final StringBuilder request = new StringBuilder();

  private PacedServer(long ttftNanos, long itlNanos) {
    this.ttftNanos = ttftNanos;
    this.itlNanos = itlNanos;
  }

  /** {@code TTFT_MILLIS ITL_MILLIS}. */
  public static void main(String[] arguments) throws IOException {
    long ttft = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(arguments[0]));
    long itl = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(arguments[1]));
    EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    Channel listening = new ServerBootstrap().group(loop).channel(EpollServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, 4096).childOption(ChannelOption.TCP_NODELAY, true)
        .childHandler(new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel channel) {
            channel.pipeline().addLast(new PacedServer(ttft, itl));
          }
        }).bind("127.0.0.1", 0).syncUninterruptibly().channel();
    System.out.println(((InetSocketAddress) listening.localAddress()).getPort());
    while (System.in.read() >= 0) {
      loop.next().submit(LATENESS::reset).syncUninterruptibly();
    }
    loop.next().submit(() -> System.out.printf(Locale.ROOT, "server lateness: p50 %d us, p99 %d us, max %d us%n",
        LATENESS.getValueAtPercentile(50) / 1000, LATENESS.getValueAtPercentile(99) / 1000,
        LATENESS.getMaxValue() / 1000)).syncUninterruptibly();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2000);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf data = (ByteBuf) message;
    request.append(data.toString(StandardCharsets.ISO_8859_1));
    data.release();
    int headEnd = request.indexOf("\r\n\r\n");
    if (headEnd >= 0 && request.length() >= headEnd + 4 + number(CONTENT_LENGTH)) {
      int tokens = number(MAX_TOKENS);
      request.setLength(0);
      long first = System.nanoTime() + ttftNanos;
      schedule(context, first, 0, tokens);
    }
  }

  private int number(Pattern pattern) {
    Matcher matcher = pattern.matcher(request);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  private void schedule(ChannelHandlerContext context, long first, int token, int tokens) {
    long due = first + token * itlNanos;
    context.executor().schedule(() -> {
      if (!context.channel().isActive()) {
        return;
      }
      LATENESS.recordValue(Math.max(0, System.nanoTime() - due));
      if (token == 0) {
        context.write(HEAD.retainedDuplicate());
      }
      context.writeAndFlush(token + 1 == tokens ? ending(tokens) : TOKEN.retainedDuplicate());
      if (token + 1 < tokens) {
        schedule(context, first, token + 1, tokens);
      }
    }, due - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  private static ByteBuf ending(int tokens) {
    return Unpooled.wrappedBuffer(TOKEN.retainedDuplicate(),
        chunk("data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":" + tokens + "}}\n\n"),
        chunk("data: [DONE]\n\n"), bytes("0\r\n\r\n"));
  }

  private static ByteBuf chunk(String data) {
    return bytes(Integer.toHexString(data.length()) + "\r\n" + data + "\r\n");
  }

  private static ByteBuf bytes(String text) {
    byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    return Unpooled.unreleasableBuffer(Unpooled.directBuffer(ascii.length).writeBytes(ascii));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
