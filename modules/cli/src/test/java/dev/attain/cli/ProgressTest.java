package dev.attain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.cluster.RunEvent;
import dev.attain.experiment.Experiment;
import dev.attain.experiment.ExperimentReader;
import dev.attain.experiment.Point;
import dev.attain.measurement.Snapshot;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private Experiment experiment;

  @BeforeEach
  void read() throws Exception {
    experiment = ExperimentReader.read(Path.of("../../conf/quickstart.conf"), Map.of(), Map.of());
  }

  private Progress on(boolean interactive) {
    return new Progress(experiment, new Terminal(stream, stream, interactive, false));
  }

  private RunEvent.Live liveAfter(int seconds) {
    Point point = experiment.points(experiment.deployments().getFirst()).getFirst();
    return new RunEvent.Live(point, Duration.ofSeconds(seconds), Snapshot.beforeStart(80));
  }

  private String shown() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void saysAtOnceWhatWillBeMeasured() {
    on(false).greet();
    assertThat(shown()).contains("quickstart").contains("colocated and disaggregated").contains("TTFT 500 ms")
        .contains("TPOT 30 ms").contains("starting 2 load nodes");
  }

  @Test
  void aClosedLoopIsCalledSoAndPromisesNoNumberOfRequests() throws Exception {
    experiment = ExperimentReader.read(Path.of("../../conf/closed-loop.conf"), Map.of(), Map.of());
    Progress progress = on(false);
    progress.greet();
    progress.on(liveAfter(5));
    assertThat(shown()).contains("with 4, 16, 64 users (closed loop: the server sets the pace)")
        .contains("sent 0, in flight 0").doesNotContain("requests/s").doesNotContain("sent 0 of");
  }

  @Test
  void aTerminalSeesEverySecondInPlace() {
    Progress progress = on(true);
    progress.on(liveAfter(1));
    progress.on(liveAfter(2));
    progress.end();
    assertThat(shown()).containsPattern("\r\u001b\\[K.*in flight 0.*\r\u001b\\[K.*in flight 0")
        .endsWith(System.lineSeparator());
  }

  @Test
  void aFileSeesALineEveryFewSeconds() {
    Progress progress = on(false);
    for (int second = 1; second <= 10; second++) {
      progress.on(liveAfter(second));
    }
    assertThat(shown().lines()).hasSize(2).noneSatisfy(line -> assertThat(line).contains("\u001b"));
  }

  private static RunEvent.EnginesStarting starting(String phase, String progress, int seconds) {
    return new RunEvent.EnginesStarting(List.of(
        new RunEvent.EngineStart("prefill-0", List.of(), "ready", "", true, Duration.ofSeconds(seconds)),
        new RunEvent.EngineStart("decode-0", List.of(1), phase, progress, false, Duration.ofSeconds(seconds))));
  }

  @Test
  void aTerminalSeesEverySecondHowFarEnginesAre() {
    Progress progress = on(true);
    progress.on(starting("capturing graphs", "16 of 51", 42));
    progress.on(starting("capturing graphs", "20 of 51", 43));
    assertThat(shown()).contains(
        "engines: prefill-0 ready; decode-0 on gpu 1: capturing graphs 16 of 51, 42 s\r",
        "engines: prefill-0 ready; decode-0 on gpu 1: capturing graphs 20 of 51, 43 s");
  }

  @Test
  void aFileSeesWhatEnginesAreAtWhenItChangesAndNowAndThen() {
    Progress progress = on(false);
    for (int second = 1; second <= 20; second++) {
      progress.on(starting("loading", second + " of 99", second));
    }
    progress.on(starting("compiling", "", 21));
    assertThat(shown().lines().map(line -> line.replaceFirst(".*gpu 1: ", ""))).containsExactly("loading 1 of 99, 1 s",
        "loading 16 of 99, 16 s", "compiling, 21 s");
  }

  @Test
  void ofManyEnginesOnlySomeAreNamed() {
    assertThat(EngineStarts.line(IntStream.range(0, 12).mapToObj(number -> new RunEvent.EngineStart("decode-" + number,
        List.of(number, number + 1), "loading", "", number < 6, Duration.ofSeconds(3))).toList()))
        .isEqualTo("6 of 12 ready; decode-6 on gpus 6,7: loading, 3 s; decode-7 on gpus 7,8: loading, 3 s; "
            + "decode-8 on gpus 8,9: loading, 3 s; decode-9 on gpus 9,10: loading, 3 s; 2 more on their way");
  }

  @Test
  void ofALongReasonOnlyTheFirstLineIsShown() {
    on(false).on(new RunEvent.PointSkipped(experiment.points(experiment.deployments().getFirst()).getFirst(),
        "engine colocated-0 exited\n  last line of its log"));
    assertThat(shown())
        .isEqualTo("colocated-12qps-1: not measured: engine colocated-0 exited" + System.lineSeparator());
  }
}
