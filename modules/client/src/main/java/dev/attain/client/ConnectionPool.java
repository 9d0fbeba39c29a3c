package dev.attain.client;

import dev.attain.measurement.NanoClock;
import dev.attain.measurement.Outcome;
import dev.attain.sockets.Destination;
import dev.attain.sockets.SocketLoop;
import io.netty.channel.ConnectTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Optional;

/**
 * The connections of one event loop to one instance. An arrival takes the connection that became idle last or opens a
 * new one; it never waits for a busy one, because an open loop must not wait. While a run wants it, some idle ones are
 * kept ready ahead of the arrivals, so that these seldom have to open theirs. Confined to its event loop.
 */
final class ConnectionPool {
  /**
   * Servers close idle connections after 5 s; reusing one that is about to be closed would measure a race. For servers
   * that announce another time, see {@link KeepAlive}.
   */
  static final long LONGEST_IDLE_NANOS = 4_000_000_000L;

  /** A connection that carries an answer which has been understood but not ended by the server. */
  private record Draining(Connection connection, Leg leg, long sinceNanos) {
    boolean over() {
      return !connection.waitsForEndOf(leg);
    }
  }

  private final Endpoint endpoint;
  private final SocketLoop loop;
  private final NanoClock clock;
  private final Patience patience;
  private final Destination destination;
  private final ArrayDeque<Connection> idle = new ArrayDeque<>();
  private final ArrayDeque<Draining> draining = new ArrayDeque<>();
  /** The server's own word, once it has given one. One for all, so that the idle ones stay in the order of their end. */
  private long longestIdleNanos = LONGEST_IDLE_NANOS;
  private int wantedAhead;
  private int openingAhead;
  /** None could be had; not tried again before the next renewal. */
  private boolean refusedAhead;

  ConnectionPool(Endpoint endpoint, SocketLoop loop, Patience patience, NanoClock clock) {
    this.endpoint = endpoint;
    this.loop = loop;
    this.clock = clock;
    this.patience = patience;
    this.destination = new Destination(endpoint.address(), endpoint.host(), endpoint.tls(),
        Duration.ofMillis(patience.connectMillis()), endpoint.prompt());
  }

  void send(Leg leg) {
    Connection connection = youngestIdle();
    if (connection != null) {
      connection.startIdle(leg);
    } else {
      leg.connecting(clock.nanos());
      loop.connect(destination, Connection.openedFor(leg, this, clock));
    }
    openAhead();
  }

  /** From now on so many idle connections are kept ready, whenever that can be done; 0: none. */
  void keepAhead(int connections) {
    wantedAhead = connections;
    openAhead();
  }

  // What an arrival takes is made up for at once, behind it. What cannot be had is no failure: a request that needs a
  // connection will say so itself.
  private void openAhead() {
    int missing = refusedAhead ? 0 : wantedAhead - idle.size() - openingAhead;
    for (int number = 0; number < missing; number++) {
      openingAhead++;
      loop.connect(destination, Connection.openedAhead(this, clock));
    }
  }

  void openedAhead(Connection connection) {
    openingAhead--;
    idle.addLast(connection);
  }

  void notOpenedAhead() {
    openingAhead--;
    refusedAhead = true;
  }

  /** The server has said how long an idle connection may be used. */
  void keptFor(long nanos) {
    longestIdleNanos = nanos;
  }

  void notConnected(Throwable cause, Leg leg) {
    String message = String.valueOf(cause.getMessage());
    Optional<Shortage> shortage = Shortage.of(cause);
    if (shortage.isPresent()) {
      String sentence = shortage.get().sentence(endpoint.name());
      leg.call().lane().ranShort(shortage.get(), sentence);
      leg.impossible(Outcome.FAILED, sentence, clock.nanos());
    } else if (cause instanceof ConnectTimeoutException) {
      leg.impossible(Outcome.TIMED_OUT, "no connection to " + endpoint.name() + " within " + patience.connectText(),
          clock.nanos());
    } else if (message.toLowerCase(Locale.ROOT).contains("refused")) {
      leg.impossible(Outcome.FAILED, "connection refused " + endpoint.name(), clock.nanos());
    } else {
      leg.impossible(Outcome.FAILED, "cannot connect to " + endpoint.name() + ": " + ErrorText.clip(message),
          clock.nanos());
    }
  }

  /** Null when there is none. */
  private Connection youngestIdle() {
    closeOld(clock.nanos());
    Connection youngest = idle.pollLast();
    while (youngest != null && !youngest.open()) {
      youngest = idle.pollLast();
    }
    return youngest;
  }

  void release(Connection connection) {
    idle.addLast(connection);
  }

  /** The connection will be idle when the server ends its answer, or be closed when it does not do so soon. */
  void draining(Connection connection, Leg understood, long nanos) {
    draining.addLast(new Draining(connection, understood, nanos));
  }

  /**
   * Closes connections that have been idle or draining for too long, and opens what is then missing. Both queues are in
   * the order of time.
   */
  void renew(long nowNanos) {
    closeOld(nowNanos);
    idle.removeIf(connection -> !connection.open());
    refusedAhead = false;
    openAhead();
  }

  private void closeOld(long nowNanos) {
    while (!idle.isEmpty() && nowNanos - idle.peekFirst().idleSinceNanos() >= longestIdleNanos) {
      idle.pollFirst().close();
    }
    while (!draining.isEmpty()
        && (draining.peekFirst().over() || nowNanos - draining.peekFirst().sinceNanos() >= LONGEST_IDLE_NANOS)) {
      Draining oldest = draining.pollFirst();
      if (!oldest.over()) {
        oldest.connection().close();
      }
    }
  }
}
