package dev.attain.client;

import dev.attain.measurement.NanoClock;
import dev.attain.measurement.Slo;
import dev.attain.sockets.SocketLoops;
import dev.attain.sockets.Transport;
import dev.attain.workload.Prompt;
import dev.attain.workload.Workload;
import io.netty.handler.ssl.SslContextBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;

/**
 * The event loops and connections with which a node sends requests to one deployment. Runs follow each other on it.
 * Safe for any thread.
 */
public final class LoadClient implements AutoCloseable {
  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final ClientSettings settings;
  private final NanoClock clock;
  private final SocketLoops sockets;
  private final List<ClientLoop> loops;
  private final List<WatchedThread> loopThreads;
  private final Lane.Route route;
  private final int servers;
  private final Set<LoadRun> runs = ConcurrentHashMap.newKeySet();

  private LoadClient(ClientSettings settings, Routes routes, NanoClock clock, Transport transport) {
    this.settings = settings;
    this.clock = clock;
    this.sockets = transport.loops(settings.eventLoops(), clock);
    Patience patience = Patience.of(settings);
    this.loops = sockets.loops().stream().map(loop -> new ClientLoop(loop, routes.endpoints(), patience, clock))
        .toList();
    this.loopThreads = loops.stream()
        .map(loop -> loop.eventLoop().submit(WatchedThread::current).syncUninterruptibly().getNow())
        .toList();
    this.route = routes.route();
    this.servers = routes.endpoints().size();
  }

  /**
   * Resolves host names (IPv4 preferred) and starts the event loops; connections are opened when requests need them.
   *
   * @throws IllegalArgumentException when an instance's URI is unusable or its host unknown
   */
  public static LoadClient open(ClientSettings settings, Target target, NanoClock clock) {
    try {
      Routes routes = Routes.of(target, settings);
      boolean encrypted = routes.endpoints().stream().anyMatch(Endpoint::tls);
      return new LoadClient(settings, routes, clock,
          Transport.best(encrypted, SslContextBuilder.forClient().build()));
    } catch (SSLException e) {
      throw new IllegalStateException("this JVM has no working TLS: " + e.getMessage(), e);
    }
  }

  /** With sockets or certificates of one's own. */
  static LoadClient open(ClientSettings settings, Target target, NanoClock clock, Transport transport) {
    return new LoadClient(settings, Routes.of(target, settings), clock, transport);
  }

  /**
   * Plans a run and starts to prepare its bodies.
   *
   * @param nonce part of every prompt and request id; different for each point, so that no prefix cache helps
   * @throws IllegalArgumentException when the workload's prompts do not fit the dialect
   */
  public LoadRun prepare(PlannedArrivals arrivals, Workload workload, String nonce, Slo slo) {
    requireSendable(workload, nonce);
    return added(new OpenLoop(new Share(arrivals, workload, nonce, settings), place(slo)));
  }

  /**
   * As {@link #prepare(PlannedArrivals, Workload, String, Slo)}, for users of a closed loop.
   *
   * @throws IllegalArgumentException also when there are more users than requests may be in flight, or than this node
   *         has descriptors or local ports for
   */
  public LoadRun prepare(PlannedUsers users, Workload workload, String nonce, Slo slo) {
    requireSendable(workload, nonce);
    if (users.numbers().length > settings.hardStopInFlight()) {
      throw new IllegalArgumentException("this node has " + users.numbers().length + " users, but only "
          + settings.hardStopInFlight() + " requests may be in flight; raise that limit or use more load nodes");
    }
    Optional<String> shortage = Shortage.ahead(users.numbers().length, servers);
    if (shortage.isPresent()) {
      throw new IllegalArgumentException(
          "the users of this node need " + shortage.get() + ", or use more load nodes");
    }
    return added(new ClosedLoop(new UserShare(users, workload, nonce, settings), place(slo)));
  }

  private LoadRun added(LoadRun run) {
    runs.removeIf(LoadRun::silent);
    runs.add(run);
    return run;
  }

  private LoadRun.Place place(Slo slo) {
    return new LoadRun.Place(loops, loopThreads, route, settings, slo, clock);
  }

  private void requireSendable(Workload workload, String nonce) {
    if (settings.dialect() == Dialect.CHAT && workload.prompt(0, nonce) instanceof Prompt.TokenIds) {
      throw new IllegalArgumentException(
          "chat takes prompts as text, but the workload's prompts are token ids; use text prompts or completions");
    }
  }

  /** Ends unfinished runs, closes all connections and waits for the event loops, a few seconds at most. */
  @Override
  public void close() {
    runs.forEach(run -> run.abandonInFlight("the client was closed"));
    try {
      for (LoadRun run : runs) {
        run.awaitFinished(CLOSING);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sockets.close();
  }
}
