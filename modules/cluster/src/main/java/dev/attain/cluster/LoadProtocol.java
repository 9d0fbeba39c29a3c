package dev.attain.cluster;

import akka.actor.typed.ActorRef;
import akka.stream.SourceRef;
import akka.util.ByteString;
import dev.attain.client.GeneratorLoad;
import dev.attain.client.Target;
import dev.attain.client.Unmeasured;
import dev.attain.measurement.EncodedSnapshot;
import java.time.Duration;

/** What the coordinator's side and a {@link LoadGenerator} say to each other. */
final class LoadProtocol {
  private LoadProtocol() {}

  /** Orders to a load node. */
  sealed interface Order extends LoadGenerator.Command, Wire {}

  /** Take part in a run under this name and at this position among the load nodes. */
  record Enlist(String run, String node, int position, Duration lease, SourceRef<ByteString> definition,
      ActorRef<Reply> replyTo) implements Order {}

  /** The coordinator is alive; without it for the length of the lease the node stops sending and leaves. */
  record RenewLease(String run) implements Order {}

  /** What does your monotonic clock say? */
  record ReadClock(long sequence, ActorRef<ClockProbe.Command> replyTo) implements Order {}

  /** Open connections to a deployment, in place of any before. */
  record Connect(String deployment, Target target, ActorRef<Reply> replyTo) implements Order {}

  /** Send every instance (every prefill x decode pair) some requests that are not measured. */
  record WarmUp(String deployment, int pairs, ActorRef<Reply> replyTo) implements Order {}

  /** Plan and hash a point; nothing is sent yet. */
  record Prepare(PointPlan plan, ActorRef<Reply> replyTo) implements Order {}

  /** Start the prepared point at this instant of your own monotonic clock. */
  record Arm(String point, long originNanos, ActorRef<Aggregator.Command> aggregator, ActorRef<Reply> replyTo)
      implements
        Order {}

  /** Every measured request of this point has ended on all nodes: keep its load up no longer. */
  record Cease(String point) implements Order {}

  /** Send no more of this point and give up what is open: the run is over early. */
  record Abandon(String point, String reason) implements Order {}

  /** The run is over; forget it. */
  record Release(String run) implements Order {}

  /** Answers of a load node. */
  sealed interface Reply extends Wire {
    String node();
  }

  record Enlisted(String node, NodeFacts facts) implements Reply {}

  record Connected(String node, String deployment) implements Reply {}

  /** Warm-up is over; {@code firstFailure} is empty when every request completed. */
  record WarmedUp(String node, int requests, int failed, String firstFailure) implements Reply {}

  /**
   * The node has planned its share.
   *
   * @param pointSize number of requests of all nodes; 0 when nobody can know it
   * @param shareSize number of requests of this node; 0 when nobody can know it
   * @param scheduleHash empty in a closed loop, which has no schedule
   * @param workloadHash of the contents of all requests, or of the first ones when nobody knows how many there will be
   * @param lastIntendedNanos when the last request of all nodes is due at the latest, from the start of the point
   * @param users this node's users of a closed loop; 0 in an open one
   */
  record Prepared(String node, String point, int pointSize, int shareSize, String scheduleHash, String workloadHash,
      int cutToContext, long lastIntendedNanos, int users) implements Reply {}

  /** Armed; the share's records will arrive through this stream, which ends with the share. */
  record Armed(String node, String point, SourceRef<ByteString> records) implements Reply {}

  /** Every measured request of the share has an outcome. */
  record Finished(String node, String point, EncodedSnapshot snapshot, GeneratorLoad load) implements Reply {}

  /** What kept the load up has ended too. */
  record Ceased(String node, String point, Unmeasured unmeasured) implements Reply {}

  /** The node cannot do what was asked. */
  record Refused(String node, String asked, String reason) implements Reply {}
}
