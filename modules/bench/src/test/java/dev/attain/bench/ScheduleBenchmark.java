package dev.attain.bench;

import dev.attain.schedule.ArrivalProcess;
import dev.attain.schedule.ArrivalSchedule;
import dev.attain.schedule.Extent;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A million arrivals planned and hashed, which every node does before a point. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class ScheduleBenchmark {
  private static final int ARRIVALS = 1_000_000;

  /** Squared coefficient of variation of the gaps is 1 for Poisson, 4 for bursty, 1/4 for even arrivals. */
  @Param({"poisson", "bursty", "even", "constant"})
  private String arrivals = "poisson";

  private ArrivalProcess process = new ArrivalProcess.Poisson();

  /** Looks the process up. */
  @Setup
  public void choose() {
    process = switch (arrivals) {
      case "bursty" -> new ArrivalProcess.Gamma(0.25);
      case "even" -> new ArrivalProcess.Gamma(4);
      case "constant" -> new ArrivalProcess.Constant();
      default -> new ArrivalProcess.Poisson();
    };
  }

  /** Plans and hashes. */
  @Benchmark
  public String millionArrivals() {
    return ArrivalSchedule.plan(process, 1, 100, new Extent.Requests(ARRIVALS)).hash();
  }
}
