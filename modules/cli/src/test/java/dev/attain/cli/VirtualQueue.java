package dev.attain.cli;

import dev.attain.simulator.SimulatorException;
import dev.attain.simulator.VirtualDeployment;
import dev.attain.simulator.VirtualOutcome;
import dev.attain.simulator.VirtualRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** A simulated engine in virtual time: queues are real there, and long runs tell the truth about shorter ones. */
final class VirtualQueue {
  static final double NANOS = 1e9;
  /** Requests until what the beginning was like no longer matters. */
  static final int WARM_UP = 3000;
  /** Share of requests that are to meet the objective. */
  static final double TARGET = 0.9;
  private static final int PROBE = 3000;

  private final VirtualDeployment engine;
  private final double capacity;

  private VirtualQueue(VirtualDeployment engine) {
    this.engine = engine;
    long end = serve(1, 1e6, PROBE).stream().mapToLong(VirtualOutcome::lastTokenNanos).max().orElseThrow();
    this.capacity = PROBE / (end / NANOS);
  }

  static VirtualQueue start() throws SimulatorException {
    return new VirtualQueue(VirtualDeployment.colocated(
        List.of("--model", "llama-3.1-8b", "--sim-gpu", "h100", "--max-model-len", "4096"), 1));
  }

  /** Requests per second that it serves when it always has some. */
  double capacity() {
    return capacity;
  }

  /**
   * A rate, and what nine of ten requests of a long steady run at it meet: that rate is the highest one for that objective.
   *
   * @param rate requests per second
   * @param objective of TTFT in seconds
   */
  record Truth(double rate, double objective) {}

  /** At 85 % of the capacity. */
  Truth truth() {
    double rate = 0.85 * capacity;
    double[] steady = ttft(serve(2, rate, WARM_UP + 150_000).subList(WARM_UP, WARM_UP + 150_000));
    Arrays.sort(steady);
    return new Truth(rate, steady[(int) (TARGET * steady.length)]);
  }

  /** In seconds. */
  static double[] ttft(List<VirtualOutcome> run) {
    return run.stream().mapToDouble(outcome -> outcome.ttftNanos() / NANOS).toArray();
  }

  /** What comes of Poisson arrivals; their requests are the same at every rate. */
  List<VirtualOutcome> serve(long seed, double rate, int count) {
    return engine.serve(requests(seed, rate, count));
  }

  /** Lengths vary as much as those of people do. */
  private static List<VirtualRequest> requests(long seed, double rate, int count) {
    var random = new SplittableRandom(seed);
    var requests = new ArrayList<VirtualRequest>(count);
    double now = 0;
    for (int index = 0; index < count; index++) {
      now -= Math.log(1 - random.nextDouble()) / rate;
      requests.add(new VirtualRequest(Math.round(now * NANOS), length(random, 400, 0.8, 3500),
          length(random, 12, 0.7, 100)));
    }
    return requests;
  }

  private static int length(SplittableRandom random, double median, double sigma, int most) {
    double normal = Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
    return (int) Math.clamp(median * Math.exp(sigma * normal), 2, most);
  }
}
