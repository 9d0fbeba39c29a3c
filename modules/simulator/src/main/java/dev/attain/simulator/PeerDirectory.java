package dev.attain.simulator;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A decode instance's side of KV transfers: asks prefill instances for KV, keeps their leases alive while a request
 * waits here, and tells them when they may free it. Any thread.
 */
final class PeerDirectory implements EngineThread.RemoteKvSource {

  /** vLLM's scheduler sends a heartbeat six times in a lease. */
  private static final int HEARTBEATS_PER_LEASE = 6;

  private final EventLoop loop;
  private final Class<? extends Channel> channelType;
  private final KvTransferSetup setup;
  private final String model;
  private final EngineMetrics metrics;
  private final Map<InetSocketAddress, SideChannelPeer> peers = new HashMap<>();
  private final Map<LiveRequest, Future<?>> heartbeats = new ConcurrentHashMap<>();
  private Optional<EngineThread> engine = Optional.empty();

  PeerDirectory(EventLoop loop, Class<? extends Channel> channelType, KvTransferSetup setup, String model,
      EngineMetrics metrics) {
    this.loop = loop;
    this.channelType = channelType;
    this.setup = setup;
    this.model = model;
    this.metrics = metrics;
  }

  /** Set once, before the first request. */
  void serve(EngineThread served) {
    engine = Optional.of(served);
  }

  /** A request with remote KV has arrived; it may have to wait here for long. */
  void expect(LiveRequest request) {
    long period = setup.lease().toNanos() / HEARTBEATS_PER_LEASE;
    request.remote()
        .ifPresent(remote -> heartbeats.put(request,
            loop.scheduleAtFixedRate(
                () -> peer(remote).ask(SideChannel.line(SideChannel.RENEW, remote.requestId()), answer -> {}), period,
                period, TimeUnit.NANOSECONDS)));
  }

  @Override
  public void ask(LiveRequest request) {
    if (request.truth().fault(FaultKind.KV_FAILED).isPresent()) {
      request.truth().struck(FaultKind.KV_FAILED);
      missing(request);
      return;
    }
    RemoteKv remote = request.remote().orElseThrow();
    String line = SideChannel.line(SideChannel.PEEK, remote.engineId(), model, remote.requestId());
    peer(remote).ask(line, answer -> {
      boolean reachable = answer.isPresent() && !answer.get().equals(SideChannel.STRANGER);
      if (reachable) {
        engine.orElseThrow().kvFound(request);
        return;
      }
      missing(request);
    });
  }

  private void missing(LiveRequest request) {
    stopHeartbeat(request);
    engine.orElseThrow().kvMissing(request, setup.recomputesOnFailure());
  }

  @Override
  public void release(LiveRequest request) {
    stopHeartbeat(request);
    request.remote().ifPresent(this::release);
  }

  /** Tells the prefill instance that nobody will read this KV any more. */
  void release(RemoteKv remote) {
    peer(remote).ask(SideChannel.line(SideChannel.DONE, remote.requestId()), answer -> {
      if (answer.isEmpty()) {
        metrics.failedNotifications.incrementAndGet();
      }
    });
  }

  private void stopHeartbeat(LiveRequest request) {
    Future<?> heartbeat = heartbeats.remove(request);
    if (heartbeat != null) {
      heartbeat.cancel(false);
    }
  }

  private synchronized SideChannelPeer peer(RemoteKv remote) {
    return peers.computeIfAbsent(InetSocketAddress.createUnresolved(remote.host(), remote.port()),
        address -> new SideChannelPeer(loop, channelType, remote.host(), remote.port()));
  }
}
