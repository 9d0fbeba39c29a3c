package dev.attain.simulator;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A decode instance's connection to one prefill instance: opened by the first question, opened again after it broke.
 *
 * <p>
 * Lives on one event loop; every question is answered exactly once, with an empty answer when the other side cannot be
 * reached, breaks off, or is silent for five seconds (vLLM's limit for a handshake).
 */
final class SideChannelPeer {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final EventLoop loop;
  private final Bootstrap bootstrap;
  private final Deque<Question> open = new ArrayDeque<>();
  private Optional<ChannelFuture> connection = Optional.empty();

  private record Question(String line, Consumer<Optional<String>> answer, Future<?> timeout) {}

  SideChannelPeer(EventLoop loop, Class<? extends Channel> channelType, String host, int port) {
    this.loop = loop;
    this.bootstrap = new Bootstrap().group(loop).channel(channelType)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) PATIENCE.toMillis()).option(ChannelOption.TCP_NODELAY, true)
        .remoteAddress(host, port).handler(new ChannelInitializer<>() {
          @Override
          protected void initChannel(Channel channel) {
            SideChannel.addCodec(channel.pipeline());
            channel.pipeline().addLast(new AnswerHandler());
          }
        });
  }

  /** Sends a line; the answer comes on the event loop. Any thread. */
  void ask(String line, Consumer<Optional<String>> answer) {
    loop.execute(() -> send(line, answer));
  }

  private void send(String line, Consumer<Optional<String>> answer) {
    Future<?> timeout = loop.schedule(this::breakOff, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    open.add(new Question(line, answer, timeout));
    ChannelFuture channel = connection.orElseGet(this::connect);
    channel.addListener(done -> {
      if (done.isSuccess()) {
        channel.channel().writeAndFlush(line);
      } else if (connection.isPresent() && connection.get().equals(channel)) {
        breakOff();
      }
    });
  }

  private ChannelFuture connect() {
    ChannelFuture connecting = bootstrap.connect();
    connection = Optional.of(connecting);
    return connecting;
  }

  /** Gives up on all open questions: answers come in order, so none of them can be told apart any more. */
  private void breakOff() {
    connection.ifPresent(future -> future.channel().close());
    connection = Optional.empty();
    while (!open.isEmpty()) {
      answer(open.remove(), Optional.empty());
    }
  }

  private static void answer(Question question, Optional<String> word) {
    question.timeout().cancel(false);
    question.answer().accept(word);
  }

  private final class AnswerHandler extends SimpleChannelInboundHandler<String> {

    @Override
    protected void channelRead0(ChannelHandlerContext context, String line) {
      if (!open.isEmpty()) {
        answer(open.remove(), Optional.of(line));
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      boolean current = connection.map(future -> future.channel().equals(context.channel())).orElse(false);
      if (current) {
        breakOff();
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
