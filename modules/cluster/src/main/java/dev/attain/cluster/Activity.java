package dev.attain.cluster;

import akka.actor.typed.ActorRef;
import dev.attain.measurement.Counts;
import dev.attain.measurement.EncodedSnapshot;
import java.util.Optional;

/** What a load node is sending just now, and whom it tells about it. */
sealed interface Activity {
  ShareRun share();

  /** Whether it has come to its end, which is then reported. */
  default boolean finished() {
    return share().finished();
  }

  /** Called once a second and, with {@code finished}, once at the end. */
  void report(String node, boolean finished);

  /** What begins at its end, if anything. */
  default Optional<Activity> next() {
    return Optional.empty();
  }

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

  /** Requests that keep the load up until all nodes have finished what is measured of the point. */
  record KeepingUp(ShareRun share, ActorRef<LoadProtocol.Reply> replyTo) implements Activity {
    @Override
    public boolean finished() {
      return share.ceased();
    }

    @Override
    public void report(String node, boolean finished) {
      if (finished) {
        replyTo.tell(new LoadProtocol.Ceased(node, share.point(), share.unmeasured()));
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

    @Override
    public Optional<Activity> next() {
      return share.flanked() ? Optional.of(new KeepingUp(share, replyTo)) : Optional.empty();
    }
  }
}
