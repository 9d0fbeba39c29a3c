package dev.attain.client;

import dev.attain.measurement.NanoClock;
import dev.attain.measurement.Outcome;
import dev.attain.sockets.Peer;
import dev.attain.sockets.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.util.Locale;

/**
 * One keep-alive connection: at most one leg at a time, no pipelining, no retry. Belongs to one event loop, like
 * everything that happens on it.
 */
final class Connection implements Peer {
  private static final double NANOS_PER_SECOND = 1e9;

  private final ConnectionPool pool;
  private final NanoClock clock;
  private final ResponseReader reader = new ResponseReader();
  /** Null until connected. */
  private Wire wire;
  /** Null while idle; the one for which the connection is being opened, at first. */
  private Leg leg;
  private long readNanos;
  private long idleSinceNanos;
  private double idleSecondsBefore = -1;
  private boolean draining;

  /** A connection that is being opened for this leg. */
  Connection(ConnectionPool pool, NanoClock clock, Leg first) {
    this.pool = pool;
    this.clock = clock;
    this.leg = first;
  }

  /** Writes the request for which the connection was opened; the leg has been started when connecting began. */
  @Override
  public void connected(Wire opened) {
    wire = opened;
    Leg first = leg;
    if (first.wanted()) {
      write(first);
    } else {
      leg = null;
      wire.close();
    }
  }

  @Override
  public void notConnected(Throwable cause) {
    Leg first = leg;
    leg = null;
    pool.notConnected(cause, first);
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
    wire.send(next.message(ByteBufAllocator.DEFAULT));
  }

  @Override
  public void received(ByteBuf data, long nanos) {
    readNanos = nanos;
    if (leg == null) {
      wire.close();
      return;
    }
    try {
      read(data);
    } catch (MalformedResponseException e) {
      breakOff(Outcome.FAILED, "malformed answer: " + e.getMessage());
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
    if (reader.keepAlive() && nothingLeft && wire.open()) {
      idleSinceNanos = readNanos;
      pool.release(this);
    } else {
      wire.close();
    }
    finished.end();
  }

  /** Whether it still waits for the regular end of this leg's answer. */
  boolean waitsForEndOf(Leg understood) {
    return leg == understood;
  }

  boolean open() {
    return wire.open();
  }

  long idleSinceNanos() {
    return idleSinceNanos;
  }

  void close() {
    wire.close();
  }

  /** Closes the connection under a leg that gave up. */
  void abandon(Leg given) {
    if (leg == given) {
      leg = null;
      wire.close();
    }
  }

  @Override
  public void closed() {
    lost("closed");
  }

  @Override
  public void broken(Throwable cause) {
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
    wire.close();
    if (cut != null) {
      cut.impossible(outcome, reason, clock.nanos());
    }
  }
}
