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
  private boolean used;
  /** What lay behind the connection when the leg under way got it. */
  private boolean usedBefore;
  private long idleNanosBefore = -1;
  private boolean draining;
  private boolean sending;
  private long sendNanos;

  private Connection(ConnectionPool pool, NanoClock clock) {
    this.pool = pool;
    this.clock = clock;
  }

  /** A connection that is being opened for this leg. */
  static Connection openedFor(Leg first, ConnectionPool pool, NanoClock clock) {
    Connection connection = new Connection(pool, clock);
    connection.leg = first;
    return connection;
  }

  /** A connection that is being opened before any request needs it. */
  static Connection openedAhead(ConnectionPool pool, NanoClock clock) {
    return new Connection(pool, clock);
  }

  /** Writes the request for which the connection was opened; the leg has been started when connecting began. */
  @Override
  public void connected(Wire opened) {
    wire = opened;
    Leg first = leg;
    long nanos = clock.nanos();
    if (first == null) {
      idleSinceNanos = nanos;
      pool.openedAhead(this);
    } else if (first.wanted()) {
      first.connected(nanos);
      write(first, nanos);
    } else {
      leg = null;
      wire.close();
    }
  }

  @Override
  public void notConnected(Throwable cause) {
    Leg first = leg;
    leg = null;
    if (first == null) {
      pool.notOpenedAhead();
    } else {
      pool.notConnected(cause, first);
    }
  }

  /** Writes the leg's request on this connection, which has been idle. */
  void startIdle(Leg next) {
    long nanos = clock.nanos();
    idleNanosBefore = nanos - idleSinceNanos;
    next.startedIdle(nanos, idleNanosBefore);
    write(next, nanos);
  }

  private void write(Leg next, long nanos) {
    leg = next;
    usedBefore = used;
    used = true;
    draining = false;
    next.attached(this);
    reader.expectResponse();
    sendNanos = nanos;
    sending = true;
    wire.send(next.message(ByteBufAllocator.DEFAULT));
    sending = false;
  }

  /** What was taken at once was taken when the call began: the answer may be on its way before the call returns. */
  @Override
  public void sent() {
    if (leg != null) {
      leg.written(sending ? sendNanos : clock.nanos());
    }
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
      if (reader.keptNanos() >= 0) {
        pool.keptFor(reader.keptNanos());
      }
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
    cut.broken(how, circumstances(), clock.nanos());
  }

  private String circumstances() {
    return idleNanosBefore < 0
        ? ""
        : String.format(Locale.ROOT, usedBefore ? ", reused after %.3f s idle" : ", opened %.3f s ahead",
            idleNanosBefore / NANOS_PER_SECOND);
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
