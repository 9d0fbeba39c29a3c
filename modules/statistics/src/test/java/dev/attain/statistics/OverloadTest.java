package dev.attain.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OverloadTest {
  /** A server that takes one request at a time for 1 s: arrivals, ends and the waits, of which 5 s are acceptable. */
  private record Queue(double[] from, double[] until, double[] severity) {
    static Queue at(long seed, double load, int count) {
      var random = new SplittableRandom(seed);
      var from = new double[count];
      var until = new double[count];
      var severity = new double[count];
      double now = 0;
      double free = 0;
      for (int index = 0; index < count; index++) {
        now -= Math.log(1 - random.nextDouble()) / load;
        from[index] = now;
        severity[index] = Math.max(0, free - now) / 5;
        free = Math.max(free, now) + 1;
        until[index] = free;
      }
      return new Queue(from, until, severity);
    }

    Overload judged() {
      return Overload.of(from, until, severity);
    }
  }

  @Test
  void moreThanTheServerCanDoIsOverload() {
    for (int seed = 0; seed < 50; seed++) {
      assertThat(Queue.at(seed, 1.3, 1000).judged().overloaded()).as("seed %d", seed).isTrue();
    }
  }

  @Test
  void lessThanItCanDoIsAlmostNever() {
    for (double load : new double[]{0.3, 0.6, 0.8}) {
      long alarms = IntStream.range(0, 100).filter(seed -> Queue.at(seed, load, 1000).judged().overloaded()).count();
      assertThat(alarms).as("at a load of %s", load).isLessThanOrEqualTo(3);
    }
  }

  @Test
  void itSaysWhatGrewAndWhatFell() {
    Overload found = Queue.at(1, 1.5, 900).judged();
    assertThat(found.inFlightLast()).isGreaterThan(2 * found.inFlightFirst());
    assertThat(found.metLast()).isZero();
  }

  @Test
  void objectivesThatWereNeverMetDoNotHideIt() {
    Queue queue = Queue.at(1, 1.5, 900);
    double[] hopeless = Arrays.stream(queue.severity()).map(value -> value + 2).toArray();
    assertThat(Overload.of(queue.from(), queue.until(), hopeless).overloaded()).isTrue();
  }

  @Test
  void aDeploymentThatOnlyFillsIsNotOverloaded() {
    // Answers of 60 s during 100 s: for the first 60 s in flight can only grow.
    double[] from = IntStream.range(0, 500).mapToDouble(index -> index / 5.0).toArray();
    double[] until = Arrays.stream(from).map(due -> due + 60).toArray();
    assertThat(Overload.of(from, until, new double[500]).overloaded()).isFalse();
  }

  @Test
  void requestsThatNeverEndStayInFlight() {
    Queue queue = Queue.at(1, 1.5, 900);
    double[] cut = Arrays.stream(queue.until()).map(end -> end > 600 ? Double.NaN : end).toArray();
    assertThat(Overload.of(queue.from(), cut, queue.severity()).overloaded()).isTrue();
  }

  @Test
  void fewRequestsShowNothing() {
    assertThat(Queue.at(1, 3, 89).judged().overloaded()).isFalse();
    assertThat(Overload.of(new double[0], new double[0], new double[0]).overloaded()).isFalse();
    assertThat(Overload.of(new double[200], new double[200], new double[200]).overloaded()).isFalse();
  }
}
