package dev.attain.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs every benchmark once, in this JVM: what they say of speed is nothing, but that they run. */
class BenchmarksTest {
  private static final int COMBINATIONS = 4 + 6 + 2;

  @Test
  @Timeout(120)
  void everyBenchmarkRuns() throws RunnerException {
    Collection<RunResult> results = new Runner(new OptionsBuilder().include("Benchmark\\.").mode(Mode.SingleShotTime)
        .forks(0).warmupIterations(0).measurementIterations(1).shouldFailOnError(true).verbosity(VerboseMode.SILENT)
        .build()).run();

    assertThat(results).as("benchmarks with their parameters").hasSize(COMBINATIONS);
  }
}
