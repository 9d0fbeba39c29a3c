package dev.attain.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/**
 * One run of a virtual deployment: its engines, cold at the start, and its clients, driven event by event.
 *
 * <p>
 * Invariant: what is done next is never earlier than what was done last, and every effect on another engine lies at or
 * after the present.
 */
final class VirtualRun {

  /** From the prefill instance's answer through the client to the decode instance's socket, on one host. */
  private static final long CLIENT_HAND_OVER_NANOS = 200_000;

  private final List<VirtualServer> prefill;
  private final List<VirtualServer> decode;
  private final List<VirtualServer> all = new ArrayList<>();
  private final List<VirtualRequest> requests;
  private final List<VirtualCall> calls;
  private final boolean closed;
  private final PriorityQueue<Long> freeUsersNanos = new PriorityQueue<>();
  private final Predicate<VirtualRequest> fits;

  /**
   * @param prefill
   *          empty when every instance does both
   * @param fits
   *          whether a request can be served at all
   * @param users
   *          of a closed loop; 0 for an open loop
   */
  VirtualRun(List<VirtualServer> prefill, List<VirtualServer> decode, Predicate<VirtualRequest> fits,
      List<VirtualRequest> requests, int users) {
    this.prefill = prefill;
    this.decode = decode;
    this.fits = fits;
    this.requests = requests;
    this.calls = new ArrayList<>(requests.size());
    this.closed = users > 0;
    all.addAll(prefill);
    all.addAll(decode);
    for (int user = 0; user < users; user++) {
      freeUsersNanos.add(0L);
    }
  }

  List<VirtualOutcome> serve() {
    while (true) {
      VirtualServer next = earliest();
      long nextNanos = next.nextNanos();
      long startNanos = nextStartNanos();
      if (startNanos == EngineCore.NEVER && nextNanos == EngineCore.NEVER) {
        return calls.stream().map(VirtualCall::outcome).toList();
      }
      if (startNanos <= nextNanos) {
        start(startNanos);
      } else {
        next.drive();
      }
    }
  }

  private VirtualServer earliest() {
    VirtualServer earliest = all.get(0);
    long least = earliest.nextNanos();
    for (int i = 1; i < all.size(); i++) {
      long nanos = all.get(i).nextNanos();
      if (nanos < least) {
        least = nanos;
        earliest = all.get(i);
      }
    }
    return earliest;
  }

  private long nextStartNanos() {
    if (calls.size() == requests.size() || (closed && freeUsersNanos.isEmpty())) {
      return EngineCore.NEVER;
    }
    return closed ? freeUsersNanos.peek() : requests.get(calls.size()).arrivalNanos();
  }

  private void start(long nanos) {
    int index = calls.size();
    VirtualRequest planned = requests.get(index);
    VirtualCall call = new VirtualCall(
        new VirtualRequest(nanos, planned.promptTokens(), planned.outputTokens()), index);
    calls.add(call);
    if (!fits.test(planned)) {
      // A refused user comes with its next request at once: its place in the queue stays.
      return;
    }
    if (closed) {
      freeUsersNanos.remove();
    }
    if (prefill.isEmpty()) {
      VirtualServer server = decode.get(index % decode.size());
      server.receive(nanos, planned.promptTokens(),
          arrival -> new Sequence(call.whole(arrival), new AnswerLeg(call, server)));
    } else {
      VirtualServer server = prefill.get(index % prefill.size());
      server.receive(nanos, planned.promptTokens(),
          arrival -> new Sequence(call.prefillLeg(arrival), new PrefillLeg(call, server)));
    }
  }

  private void answered(long nanos) {
    if (closed) {
      freeUsersNanos.add(nanos);
    }
  }

  /** A sequence whose tokens are the answer. */
  private class AnswerLeg extends VirtualLeg {
    private final VirtualServer server;

    AnswerLeg(VirtualCall call, VirtualServer server) {
      super(call);
      this.server = server;
    }

    final VirtualServer server() {
      return server;
    }

    @Override
    public void token(Sequence sequence, long endNanos) {
      long leaveNanos = server.leaveNanos(endNanos);
      if (call().token(sequence, leaveNanos)) {
        answered(leaveNanos);
      }
    }
  }

  /** A sequence whose one token tells the client to go on to a decode instance. */
  private final class PrefillLeg extends VirtualLeg {
    private final VirtualServer server;

    PrefillLeg(VirtualCall call, VirtualServer server) {
      super(call);
      this.server = server;
    }

    @Override
    public void token(Sequence held, long endNanos) {
      long leaveNanos = server.leaveNanos(endNanos);
      call().prefilled(leaveNanos);
      // The decode instance's heartbeats keep the KV for as long as the request waits there.
      server.core().renewLease(held, EngineCore.NEVER);
      int index = call().index();
      VirtualServer reader = decode.get(index / prefill.size() % decode.size());
      reader.receive(leaveNanos + CLIENT_HAND_OVER_NANOS, call().request().promptTokens(),
          arrival -> new Sequence(call().decodeLeg(arrival), new DecodeLeg(call(), reader, server, held)));
    }
  }

  /** A sequence that pulls its prompt's KV before it answers. */
  private final class DecodeLeg extends AnswerLeg {
    private final VirtualServer holder;
    private final Sequence held;

    DecodeLeg(VirtualCall call, VirtualServer reader, VirtualServer holder, Sequence held) {
      super(call, reader);
      this.holder = holder;
      this.held = held;
    }

    @Override
    public void pull(Sequence sequence, long nanos) {
      server().core().beginTransfer(sequence, nanos);
    }

    @Override
    public void landed(Sequence sequence, long nanos) {
      call().landed(nanos);
      if (holder.core().releaseHeld(held)) {
        holder.wake(server().nowNanos());
      }
    }
  }
}
