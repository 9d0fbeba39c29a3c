package dev.attain.simulator;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A running simulated engine: one step clock behind one OpenAI-compatible HTTP port, and a side channel if it prefills
 * for others. Any thread may use it.
 */
public final class SimulatorServer implements AutoCloseable {

  private static final System.Logger LOGGER = System.getLogger(SimulatorServer.class.getName());

  /** Exit code of a process that a fault ends: an error of the software, in the words of sysexits. */
  private static final int CRASHED = 70;
  private static final int LARGEST_BODY_BYTES = 32 << 20;
  private static final int BACKLOG = 4096;
  private static final long CLOSE_SECONDS = 5;

  private final SimulatorOptions options;
  private final Transport transport = Transport.best();
  private final EventLoopGroup group;
  private final List<EventLoop> loops = new ArrayList<>();
  private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final PeerDirectory peers;
  private final EngineThread engine;
  private final Optional<TruthLog> truth;
  private final long startNanos = System.nanoTime();
  private int port;
  private int sidePort;

  private SimulatorServer(SimulatorOptions options, Optional<TruthLog> truth) {
    this.options = options;
    this.truth = truth;
    this.group = new MultiThreadIoEventLoopGroup(options.serving().eventLoops(),
        new DefaultThreadFactory("engine-http", true), transport.handlers());
    group.forEach(executor -> loops.add((EventLoop) executor));
    EngineMetrics metrics = new EngineMetrics();
    this.peers = new PeerDirectory(loops.get(0), transport.clientType(), options.kvTransfer(),
        options.engine().model().name(), metrics);
    StepFaults stepFaults = new StepFaults(options.faults().ofEngine(), startNanos);
    this.engine = new EngineThread(options.engine(), options.serving().frontEnd(), stepFaults, metrics, loops, peers);
    peers.serve(engine);
  }

  /**
   * Starts an engine and returns once its port answers.
   *
   * @throws SimulatorException
   *           when a port is taken, or the truth cannot be written
   */
  public static SimulatorServer start(SimulatorOptions options) throws SimulatorException {
    return start(options, () -> Runtime.getRuntime().halt(CRASHED));
  }

  /** @param end how the process ends when a fault says that it crashes */
  static SimulatorServer start(SimulatorOptions options, Runnable end) throws SimulatorException {
    Optional<TruthLog> truth = options.truth().isPresent()
        ? Optional.of(TruthLog.to(options.truth().get()))
        : Optional.empty();
    SimulatorServer server = new SimulatorServer(options, truth);
    try {
      server.open(end);
      return server;
    } catch (SimulatorException e) {
      server.close();
      throw e;
    }
  }

  /** Base address, for example {@code http://127.0.0.1:8000}. */
  public URI uri() {
    return URI.create("http://" + options.serving().host() + ":" + port);
  }

  /** Port of the HTTP server. */
  public int port() {
    return port;
  }

  /** Stops accepting, drops open connections and frees both ports. */
  @Override
  public void close() {
    engine.stop();
    channels.close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    truth.ifPresent(TruthLog::close);
    closed.countDown();
  }

  /** Waits until somebody closes it. */
  void awaitClosed() throws InterruptedException {
    closed.await();
  }

  /** Port of the side channel; 0 when it does not prefill for others. */
  int sidePort() {
    return sidePort;
  }

  private void open(Runnable end) throws SimulatorException {
    KvTransferSetup kvTransfer = options.kvTransfer();
    if (kvTransfer.produces()) {
      sidePort = bind(kvTransfer.sideHost(), kvTransfer.sidePort(), "VLLM_NIXL_SIDE_CHANNEL_PORT",
          this::addSideChannel);
    }
    engine.start();
    Runnable crash = () -> crash(end);
    FrontEnd frontEnd = new FrontEnd(options, engine, peers, sidePort, new RequestFaults(options.faults(), startNanos),
        truth, crash);
    port = bind(options.serving().host(), options.serving().port(), "--port", channel -> addHttp(channel, frontEnd));
    options.faults().crashNanos().ifPresent(after -> loops.get(0).schedule(crash,
        startNanos + after - System.nanoTime(), TimeUnit.NANOSECONDS));
  }

  /** The truth is told to its end, and everything else is left as it is. */
  private void crash(Runnable end) {
    LOGGER.log(System.Logger.Level.ERROR, "the simulated engine crashes, as a fault asks");
    truth.ifPresent(TruthLog::close);
    end.run();
  }

  private int bind(String host, int wanted, String setting, Consumer<Channel> pipeline) throws SimulatorException {
    ChannelFuture bound = new ServerBootstrap().group(group).channel(transport.serverType())
        .option(ChannelOption.SO_BACKLOG, BACKLOG).childOption(ChannelOption.TCP_NODELAY, true)
        .childHandler(new ChannelInitializer<>() {
          @Override
          protected void initChannel(Channel channel) {
            channels.add(channel);
            pipeline.accept(channel);
          }
        }).bind(new InetSocketAddress(host, wanted)).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      String reason = bound.cause().getMessage().replaceFirst("^bind\\(.*\\): ", "");
      throw new SimulatorException("cannot listen on " + host + ":" + wanted + " (" + reason + "); set " + setting
          + " to a free port of this machine");
    }
    channels.add(bound.channel());
    return ((InetSocketAddress) bound.channel().localAddress()).getPort();
  }

  private void addHttp(Channel channel, FrontEnd frontEnd) {
    channel.pipeline().addLast(new HttpRequestDecoder(), new HttpResponseEncoder(),
        new HttpObjectAggregator(LARGEST_BODY_BYTES),
        new HttpConnection(frontEnd, options.serving().keepAlive(), loops.indexOf(channel.eventLoop())));
  }

  private void addSideChannel(Channel channel) {
    SideChannel.addCodec(channel.pipeline());
    channel.pipeline()
        .addLast(new SideChannelHandler(engine, options.kvTransfer().engineId(), options.engine().model().name()));
  }
}
