package dev.attain.client;

import dev.attain.measurement.NanoClock;
import dev.attain.measurement.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.util.Locale;

/**
 * One keep-alive connection: at most one leg at a time, no pipelining, no retry. Belongs to one event loop, like
 * everything that happens on it. Each read from the socket is stamped once, before any of it is looked at.
 */
final class Connection extends ChannelInboundHandlerAdapter {
  private static final double NANOS_PER_SECOND = 1e9;

  private final ConnectionPool pool;
  private final Channel channel;
  private final NanoClock clock;
  private final boolean stampedBelow;
  private final ResponseReader reader = new ResponseReader();
  /** Null while idle. */
  private Leg leg;
  private long readNanos;
  private long idleSinceNanos;
  private double idleSecondsBefore = -1;
  private boolean draining;

  /** @param stampedBelow whether a handler nearer to the socket (below TLS) calls {@link #socketRead} */
  Connection(ConnectionPool pool, Channel channel, NanoClock clock, boolean stampedBelow) {
    this.pool = pool;
    this.channel = channel;
    this.clock = clock;
    this.stampedBelow = stampedBelow;
  }

  /** Writes the leg's request on this new connection; the leg has been started when connecting began. */
  void startNew(Leg next) {
    write(next);
  }

  /** Writes the leg's request on this connection, which has been idle. */
  void startIdle(Leg next) {
    long nanos = clock.nanos();
    idleSecondsBefore = (nanos - idleSinceNanos) / NANOS_PER_SECOND;
    next.started(nanos);
    write(next);
  }

  private void write(Leg next) {
    leg = next;
    draining = false;
    next.attached(this);
    reader.expectResponse();
    channel.writeAndFlush(next.message(channel.alloc()), channel.voidPromise());
  }

  void socketRead() {
    readNanos = clock.nanos();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!stampedBelow) {
      socketRead();
    }
    ByteBuf data = (ByteBuf) message;
    try {
      if (leg == null) {
        channel.close();
      } else {
        read(data);
      }
    } catch (MalformedResponseException e) {
      breakOff(Outcome.FAILED, "malformed answer: " + e.getMessage());
    } finally {
      data.release();
    }
  }

  private void read(ByteBuf data) {
    leg.reading(readNanos);
    reader.read(data, leg);
    if (reader.complete()) {
      answered(!data.isReadable());
    } else if (!draining && leg.call().concluded()) {
      draining = true;
      pool.draining(this, leg, readNanos);
    }
  }

  // The connection is given back first: the end of one leg may be the beginning of another to the same instance.
  private void answered(boolean nothingLeft) {
    Leg finished = leg;
    leg = null;
    if (reader.keepAlive() && nothingLeft && channel.isActive()) {
      idleSinceNanos = readNanos;
      pool.release(this);
    } else {
      channel.close();
    }
    finished.end();
  }

  /** Whether it still waits for the regular end of this leg's answer. */
  boolean waitsForEndOf(Leg understood) {
    return leg == understood;
  }

  boolean open() {
    return channel.isActive();
  }

  long idleSinceNanos() {
    return idleSinceNanos;
  }

  void close() {
    channel.close();
  }

  /** Closes the connection under a leg that gave up. */
  void abandon(Leg given) {
    if (leg == given) {
      leg = null;
      channel.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    lost("closed");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    if (cause instanceof IOException && message.toLowerCase(Locale.ROOT).contains("reset")) {
      lost("reset");
    } else if (cause instanceof IOException && message.toLowerCase(Locale.ROOT).contains("broken pipe")) {
      lost("closed");
    } else if (cause instanceof DecoderException || cause instanceof IOException) {
      breakOff(Outcome.FAILED, "connection failed: " + ErrorText.clip(message));
    } else {
      breakOff(Outcome.FAILED, "client error: " + ErrorText.clip(cause.toString()));
    }
    channel.close();
  }

  private void lost(String how) {
    Leg cut = leg;
    leg = null;
    if (cut == null) {
      return;
    }
    if (reader.endsWithConnection() && how.equals("closed")) {
      cut.end();
      return;
    }
    String circumstances = idleSecondsBefore < 0
        ? ""
        : String.format(Locale.ROOT, ", reused after %.3f s idle", idleSecondsBefore);
    cut.broken(how, circumstances, clock.nanos());
  }

  private void breakOff(Outcome outcome, String reason) {
    Leg cut = leg;
    leg = null;
    channel.close();
    if (cut != null) {
      cut.impossible(outcome, reason, clock.nanos());
    }
  }
}
