package dev.attain.cluster;

import akka.actor.typed.ActorRef;
import dev.attain.measurement.Counts;
import dev.attain.measurement.EncodedSnapshot;

/** What a load node is sending just now, and whom it tells about it. */
sealed interface Activity {
  ShareRun share();

  /** Called once a second and, with {@code finished}, once at the end. */
  void report(String node, boolean finished);

  /** Requests outside every measurement. */
  record WarmingUp(ShareRun share, ActorRef<LoadProtocol.Reply> replyTo) implements Activity {
    @Override
    public void report(String node, boolean finished) {
      if (finished) {
        Counts counts = share.snapshot().counts();
        replyTo.tell(new LoadProtocol.WarmedUp(node, Math.toIntExact(counts.planned()),
            Math.toIntExact(counts.planned() - counts.completed()), share.firstFailure().orElse("")));
      }
    }
  }

  /** A point. */
  record Measuring(ShareRun share, ActorRef<Aggregator.Command> aggregator, ActorRef<LoadProtocol.Reply> replyTo)
      implements
        Activity {
    @Override
    public void report(String node, boolean finished) {
      EncodedSnapshot snapshot = share.snapshot();
      aggregator.tell(new Aggregator.NodeSnapshot(node, snapshot));
      if (finished) {
        replyTo.tell(new LoadProtocol.Finished(node, share.point(), snapshot, share.load()));
      }
    }
  }
}
