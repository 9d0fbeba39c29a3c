package dev.attain.selftest;

import dev.attain.measurement.NanoClock;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * An OpenAI-compatible streaming server whose delays are known, so that clients can be judged by what they report: event
 * {@code k} of an answer leaves {@code TTFT + k * ITL} after its request was read, one event to a write, and how late it
 * really left is written down. Safe for any thread.
 */
public final class KnownTruthServer implements AutoCloseable {
  private static final int BACKLOG = 4096;
  private static final WriteBufferWaterMark MOST_UNREAD = new WriteBufferWaterMark(512 << 10, 1 << 20);
  private static final long LOOP_SECONDS = 10;

  private final NanoClock clock;
  private final Sockets sockets;
  private final EventLoopGroup loops;
  private final Map<ThreadAwareExecutor, TokenClock> tokens = new ConcurrentHashMap<>();
  private final Channel listening;

  private KnownTruthServer(ServerSettings settings, NanoClock clock, Sockets sockets) throws IOException {
    this.clock = clock;
    this.sockets = sockets;
    IoHandlerFactory handlers = loop -> punctual(settings, loop);
    this.loops = new MultiThreadIoEventLoopGroup(settings.threads(), new DefaultThreadFactory("attain-truth", true),
        handlers);
    Answers answers = new Answers(settings);
    ChannelFuture bound = new ServerBootstrap().group(loops).channel(sockets.listening())
        .option(ChannelOption.SO_BACKLOG, BACKLOG).option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, MOST_UNREAD)
        .childHandler(new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel channel) {
            channel.pipeline().addLast(new TruthConnection(answers, tokens.get(channel.eventLoop()), clock));
          }
        }).bind(settings.host(), settings.port()).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      stopLoops();
      throw new IOException("the known-truth server cannot listen on " + settings.host() + ":" + settings.port() + ": "
          + bound.cause().getMessage(), bound.cause());
    }
    this.listening = bound.channel();
  }

  /**
   * Listens from now on.
   *
   * @throws IOException when the address cannot be had; the message is a sentence for the user
   */
  public static KnownTruthServer start(ServerSettings settings, NanoClock clock) throws IOException {
    return start(settings, clock, Sockets.best());
  }

  static KnownTruthServer start(ServerSettings settings, NanoClock clock, Sockets sockets) throws IOException {
    return new KnownTruthServer(settings, clock, sockets);
  }

  private IoHandler punctual(ServerSettings settings, ThreadAwareExecutor loop) {
    TokenClock ofLoop = new TokenClock(settings.truth(), clock);
    tokens.put(loop, ofLoop);
    return new PunctualIo(sockets.handlers().newHandler(loop), ofLoop, settings.spin() ? sockets.wakeNanos() : 0);
  }

  /** The port that was asked for, or the one that was found. */
  public int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  /**
   * How true the server was since it was last asked, or since it started.
   *
   * @throws IOException when a loop does not answer within 10 s
   */
  public ServerReport takeReport() throws IOException {
    List<Future<Punctuality>> asked = new ArrayList<>();
    loops.forEach(loop -> asked.add(((EventLoop) loop).submit(() -> tokens.get((EventLoop) loop).takePunctuality())));
    List<Punctuality> told = new ArrayList<>();
    for (Future<Punctuality> answer : asked) {
      if (!answer.awaitUninterruptibly(LOOP_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("an event loop of the known-truth server has not answered for 10 s");
      }
      told.add(answer.getNow());
    }
    return ServerReport.of(told);
  }

  /** Closes all connections, whatever they wait for. */
  @Override
  public void close() {
    listening.close().awaitUninterruptibly(LOOP_SECONDS, TimeUnit.SECONDS);
    stopLoops();
  }

  private void stopLoops() {
    loops.shutdownGracefully(0, LOOP_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly(LOOP_SECONDS, TimeUnit.SECONDS);
  }
}
