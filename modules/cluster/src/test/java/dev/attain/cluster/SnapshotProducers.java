package dev.attain.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import dev.attain.measurement.Collector;
import dev.attain.measurement.Outcome;
import dev.attain.measurement.Recorder;
import dev.attain.measurement.RequestRecord;
import dev.attain.measurement.Slo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * The other process of {@link AggregatorBenchmark}: nodes that join the coordinator's cluster and send it, each second,
 * the snapshot of a load of 50 requests/s of 100 tokens, after as much as ten minutes of it.
 */
final class SnapshotProducers {
  private static final String HOST = "127.0.0.1";
  private static final Slo SLO = new Slo(Duration.ofMillis(500), Duration.ofMillis(30));
  private static final int REQUESTS_A_SECOND = 50;
  private static final int TOKENS = 100;
  private static final int SECONDS_BEFORE = 600;
  private static final int PLANNED = 1_000_000;

  private enum Tick {
    INSTANCE
  }

  private final Recorder recorder = new Recorder(SLO);
  private final Collector collector = new Collector(List.of(recorder), PLANNED);
  private final Random random;
  private int index;

  private SnapshotProducers(long seed) {
    random = new Random(seed);
  }

  /** @param arguments number of nodes, address of the coordinator, reference of its aggregator */
  public static void main(String[] arguments) throws Exception {
    // Before anybody joins: a node that is busy for seconds misses its heartbeats.
    List<SnapshotProducers> loads = new ArrayList<>();
    for (int node = 1; node <= Integer.parseInt(arguments[0]); node++) {
      SnapshotProducers load = new SnapshotProducers(node);
      for (int second = 0; second < SECONDS_BEFORE; second++) {
        load.oneSecond();
      }
      loads.add(load);
    }
    List<ActorSystem<Tick>> systems = new ArrayList<>();
    for (int node = 1; node <= loads.size(); node++) {
      systems.add(
          NodeSystem.start(producer("load-" + node, loads.get(node - 1), arguments[2]), List.of(NodeRole.LOAD), HOST, 0,
              Optional.of(arguments[1])));
      // All at once would starve each other of processors and be taken for dead.
      TimeUnit.MILLISECONDS.sleep(500);
    }
    while (System.in.read() >= 0) {
      // Whoever started this process says nothing; it is over when that one is.
    }
    systems.forEach(ActorSystem::terminate);
  }

  private static Behavior<Tick> producer(String name, SnapshotProducers load, String aggregatorReference) {
    return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
      ActorRef<Aggregator.Command> aggregator = ActorRefResolver.get(context.getSystem())
          .resolveActorRef(aggregatorReference);
      timers.startTimerWithFixedDelay(Tick.INSTANCE, Duration.ofSeconds(1));
      return Behaviors.receive(Tick.class).onMessage(Tick.class, tick -> {
        load.oneSecond();
        aggregator.tell(new Aggregator.NodeSnapshot(name, load.collector.snapshot().encode()));
        return Behaviors.same();
      }).build();
    }));
  }

  private void oneSecond() {
    for (int request = 0; request < REQUESTS_A_SECOND; request++) {
      recorder.sent();
      long sent = (long) (100_000 * Math.exp(random.nextGaussian()));
      long prefillDone = sent + (long) (80e6 * Math.exp(0.8 * random.nextGaussian()));
      long decodeSent = prefillDone + 100_000 + random.nextInt(200_000);
      long first = decodeSent + (long) (40e6 * Math.exp(0.5 * random.nextGaussian()));
      long last = first;
      for (int token = 1; token < TOKENS; token++) {
        long gap = (long) (20e6 * Math.exp(0.4 * random.nextGaussian()));
        recorder.tokenGap(gap);
        last += gap;
      }
      recorder.finished(new RequestRecord(index, 500, TOKENS, TOKENS, TOKENS, 0, sent, prefillDone, decodeSent, first,
          first, last, last, Outcome.COMPLETED, "", 0, 0));
      index++;
    }
  }
}
