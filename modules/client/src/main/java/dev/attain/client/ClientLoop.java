package dev.attain.client;

import dev.attain.measurement.NanoClock;
import dev.attain.sockets.SocketLoop;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One event loop thread with its connections to every instance. Outlives the runs that use it. */
final class ClientLoop {
  private static final long RENEWAL_MILLIS = 250;

  private final SocketLoop sockets;
  private final NanoClock clock;
  private final List<ConnectionPool> pools;
  private final EventScanner scanner = new EventScanner();

  ClientLoop(SocketLoop sockets, List<Endpoint> endpoints, Patience patience, NanoClock clock) {
    this.sockets = sockets;
    this.clock = clock;
    this.pools = endpoints.stream()
        .map(endpoint -> new ConnectionPool(endpoint, sockets, patience, clock)).toList();
    eventLoop().scheduleWithFixedDelay(this::renewConnections, RENEWAL_MILLIS, RENEWAL_MILLIS,
        TimeUnit.MILLISECONDS);
  }

  private void renewConnections() {
    long now = clock.nanos();
    pools.forEach(pool -> pool.renew(now));
  }

  /** From any thread: keeps so many idle connections to each instance ready; 0: none. */
  void keepAhead(int connections) {
    eventLoop().execute(() -> pools.forEach(pool -> pool.keepAhead(connections)));
  }

  EventLoop eventLoop() {
    return sockets.executor();
  }

  boolean punctual() {
    return sockets.punctual();
  }

  /** On this loop only. */
  void promptly(boolean always) {
    sockets.promptly(always);
  }

  NanoClock clock() {
    return clock;
  }

  EventScanner scanner() {
    return scanner;
  }

  /** On this loop only. */
  void send(Leg leg) {
    pools.get(leg.endpoint().number()).send(leg);
  }
}
