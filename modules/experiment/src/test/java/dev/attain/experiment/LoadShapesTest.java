package dev.attain.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.schedule.Extent;
import dev.attain.schedule.RateProfile;
import dev.attain.schedule.ThinkTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoadShapesTest {
  private static final String CLOSED = "load { rates = null, concurrency = [1, 8, 64]";

  @TempDir
  Path folder;

  @Test
  void aClosedLoopHasUsersWhoThinkAndStartOneAfterTheOther() {
    assertThat(read(CLOSED + """
      , users { think-time = 2 s, think-time-distribution = exponential, ramp = 10 s, pause-after-failure = 0 s } }
      """).load()).isEqualTo(new LoadPlan(new Loop.Closed(List.of(1, 8, 64),
        new ThinkTime.Exponential(Duration.ofSeconds(2)), Duration.ofSeconds(10), Duration.ZERO, Duration.ofHours(1)),
        1,
        new Extent.Requests(100)));
    assertThat(read(CLOSED + "}").load().loop()).isEqualTo(new Loop.Closed(List.of(1, 8, 64), new ThinkTime.None(),
        Duration.ZERO, Duration.ofMillis(100), Duration.ofHours(1)));
  }

  @Test
  void thePointsOfAClosedLoopAreNamedByTheirUsers() {
    var experiment = read(CLOSED + "}");
    assertThat(experiment.points(experiment.deployments().getFirst())).extracting(Point::id).containsExactly(
        "colocated-concurrency1-1", "colocated-concurrency8-1", "colocated-concurrency64-1");
  }

  @Test
  void onlyTheServerKnowsHowLongANumberOfRequestsTakesInAClosedLoop() {
    assertThat(read(CLOSED + "}").load().offered(new Load.Concurrency(8))).isEmpty();
    assertThat(read(CLOSED + ", requests = null, duration = 60 s }").load().offered(new Load.Concurrency(8)))
        .contains(Duration.ofSeconds(60));
  }

  @Test
  void ratesMayChangeWithinAPoint() {
    assertThat(open("load.profile { kind = ramp, from = 0.5, to = 2, over = 20 s }").profile())
        .isEqualTo(new RateProfile.Ramp(0.5, 2, Duration.ofSeconds(20)));
    assertThat(open("load.profile = burst").profile())
        .isEqualTo(new RateProfile.Burst(3, Duration.ofSeconds(60), Duration.ofSeconds(10)));
    assertThat(open("load.profile { kind = steps, steps = [\"1 for 30 s\", \"0 for 500 ms\", \"2.5 for 1 min\"] }")
        .profile()).isEqualTo(new RateProfile.Steps(
            List.of(new RateProfile.Step(1, Duration.ofSeconds(30)),
                new RateProfile.Step(0, Duration.ofMillis(500)), new RateProfile.Step(2.5, Duration.ofMinutes(1)))));
    assertThat(new Sample(folder, Sample.MINIMAL + "load.profile.kind = steps").override("load.profile.steps",
        "1 for 1 s, 2 for 3 s").problems()).isEmpty();
  }

  @Test
  void aNumberOfRequestsTakesAsLongAsItsProfileSays() {
    LoadPlan plan = read("load.profile { kind = steps, steps = [\"1 for 5 s\", \"2 for 5 s\"] }").load();
    assertThat(plan.offered(new Load.Rate(10))).contains(Duration.ofMillis(7500));
  }

  @Test
  void anArrivalBeyondTheLimitInFlightWaits() {
    assertThat(open("load.max-in-flight = 64").maxInFlight()).isEqualTo(OptionalInt.of(64));
    assertThat(open("").maxInFlight()).isEmpty();
  }

  @Test
  void theLoadMayGoOnAroundWhatIsMeasured() {
    assertThat(open("load { lead-in = 2 s, lead-out = 500 ms }").lead())
        .isEqualTo(new Lead(Duration.ofSeconds(2), Duration.ofMillis(500)));
    assertThat(open("").lead()).isEqualTo(Lead.NONE);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
    load.lead-in = -1 s | load.lead-in: -1 s is below 0; write for example 10 s
    load { rates = null, concurrency = 8, lead-out = 9 s } | load.lead-out: has no effect in a closed loop (load.concurrency), where the server sets the pace; leave it out
    load.concurrency = 8 | load.concurrency: stands beside load.rates; a point has a rate (open loop) or a number of users (closed loop), leave one of them out
    load { rates = null, concurrency = [] } | load.concurrency: is empty; write at least one number of users, for example [1, 8, 64]
    load { rates = null, concurrency = [8, 8] } | load.concurrency: 8 is there twice; write each number of users once, and load.repeats to measure it again
    load { rates = null, concurrency = 0 } | load.concurrency: 0 is below 1; write 1 or more
    load { rates = null, concurrency = 8, max-in-flight = 9 } | load.max-in-flight: has no effect in a closed loop (load.concurrency), where the server sets the pace; leave it out
    load { rates = null, concurrency = 8, profile = burst } | load.profile: has no effect in a closed loop (load.concurrency), where the server sets the pace; leave it out
    load { rates = null, concurrency = 8 }, arrivals = gamma | arrivals: has no effect in a closed loop (load.concurrency), where the server sets the pace; leave it out
    load.users.ramp = 1 s | load.users: has no effect in an open loop (load.rates); leave it out
    load.profile.factor = 2 | load.profile.factor: has no effect with load.profile.kind = flat; leave it out
    load.profile { kind = steps, steps = [] } | load.profile.steps: is empty; write a factor and how long it holds, for example "2 for 30 s"
    load.profile { kind = steps, steps = "2 s" } | load.profile.steps: 2 s is not a step; write a factor and how long it holds, for example "2 for 30 s"
    load.profile { kind = steps, steps = "-1 for 2 s, 1 for 1 s" } | load.profile.steps: -1 for 2 s has a factor that is not from 0 to 1000; write a factor and how long it holds, for example "2 for 30 s"
    load.profile { kind = burst, every = 5 s } | load.profile.every: 5 s cannot be used: bursts must come less often than they last, but one of 10 s comes every 5 s
    load.max-in-flight = 0 | load.max-in-flight: 0 is below 1; write 1 or more
    load.max-in-flight = 50000 | load.max-in-flight: 50000 gives a load node 50000 requests at a time, above requests.hard-stop-in-flight = 20000; raise that, or nodes.load
    """)
  void whatCannotBeIsOneSentence(String more, String problem) {
    assertThat(Sample.minimalAnd(folder, more).problems()).containsExactly("x.conf:5: " + problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"load { rates = null, concurrency = 8, users.think-time = 1 s }",
      "load { profile = burst, max-in-flight = 9 }", "load.profile { kind = steps, steps = \"2 for 1 s, 1 for 2 s\" }"})
  void theResolvedConfigurationReadAgainGivesTheSameExperiment(String more) {
    var first = read(more);
    assertThat(new Sample(folder, first.resolved().json()).read()).isEqualTo(first);
  }

  @Test
  void everyLoadNodeNeedsAPlaceInFlight() {
    assertThat(Sample.minimalAnd(folder, "load.max-in-flight = 3\nnodes.load = 4").problems()).containsExactly(
        "x.conf:5: load.max-in-flight: 3 leaves a load node without a place, and it could send nothing; write at least"
            + " one for each of the 4 load nodes in proportion to their weights");
  }

  @Test
  void recordedArrivalsHaveTheirOwnProfile() {
    var sample = Sample.minimalAnd(folder, "load.profile = burst\narrivals { kind = trace, trace = \"t.csv\" }")
        .file("t.csv", "arrived_at,num_prefill_tokens,num_decode_tokens\n0.0,374,44\n4.3,396,109\n");
    assertThat(sample.problems()).containsExactly("x.conf:5: load.profile: has no place beside arrivals.kind = trace,"
        + " whose times change the rate themselves; leave one of them out");
  }

  private Experiment read(String more) {
    return Sample.minimalAnd(folder, more).read();
  }

  private Loop.Open open(String more) {
    return (Loop.Open) read(more).load().loop();
  }
}
