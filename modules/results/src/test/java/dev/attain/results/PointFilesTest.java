package dev.attain.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.attain.results.Distribution.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The course of a point and its distributions, as they are read back. */
class PointFilesTest {
  @TempDir
  Path folder;
  private Bundle bundle;
  private PointEntry point;
  private Path files;

  @BeforeEach
  void write() throws Exception {
    bundle = Bundle.open(SampleRun.write(folder.resolve("results"), SampleRun.oneDeployment(folder)));
    point = bundle.manifest().points().getFirst();
    files = bundle.folder().resolve(point.path());
  }

  @Test
  void aRowOfTheTimelineIsReadAsItWasWritten() throws Exception {
    List<TimelineRow> rows = bundle.timeline(point);

    assertThat(rows).hasSize(1);
    assertThat(rows.getFirst().line()).isEqualTo(Files.readAllLines(files.resolve("timeline.csv")).getLast());
    assertThat(rows.getFirst().completed()).isEqualTo(36);
    assertThat(rows.getFirst().ended()).isEqualTo(40);
  }

  @Test
  void aTornRowIsPassedOverAndADamagedOneIsNamed() throws Exception {
    Path timeline = files.resolve("timeline.csv");
    Files.writeString(timeline, "2.0,41,1", StandardOpenOption.APPEND);
    assertThat(bundle.timeline(point)).hasSize(1);

    Files.writeString(timeline, "\n", StandardOpenOption.APPEND);
    assertThatThrownBy(() -> bundle.timeline(point)).isInstanceOf(BundleException.class)
        .hasMessageContaining("timeline.csv").hasMessageContaining("18 columns");
  }

  @Test
  void distributionsAreThoseOfTheSummary() throws Exception {
    PointSummary summary = bundle.summaries().getFirst();
    Distribution ttft = bundle.distributions(point).get("ttft");

    assertThat(ttft.count()).isEqualTo(summary.ttft().count());
    assertThat(ttft.steps().getLast().share()).isEqualTo(1);
    assertThat(ttft.steps().getLast().seconds()).isCloseTo(summary.ttft().max(), withinPercentage(0.2));
    assertThat(bundle.distributions(point)).containsKeys("tpot", "itl", "e2e").doesNotContainKey("requiredScale");
  }

  @Test
  void withoutFilesThereIsNothingAndADamagedOneIsNamed() throws Exception {
    Path log = files.resolve("histograms.hlog");
    Files.writeString(log, "Tag=ttft,0.0,1.0,1.0,nonsense\n");
    assertThatThrownBy(() -> bundle.distributions(point)).isInstanceOf(BundleException.class)
        .hasMessageContaining("histograms.hlog");

    Files.delete(log);
    Files.delete(files.resolve("timeline.csv"));
    assertThat(bundle.distributions(point)).isEmpty();
    assertThat(bundle.timeline(point)).isEmpty();
  }

  @Test
  void thinningKeepsBothEndsAndOnlyStepsThatWereThere() {
    var full = new Distribution(
        IntStream.rangeClosed(1, 10_000).mapToObj(it -> new Step(it / 1000.0, it / 10_000.0)).toList(), 10_000);

    Distribution thin = full.thinned(80);

    assertThat(thin.steps()).hasSizeBetween(70, 80).isSubsetOf(full.steps()).contains(full.steps().getFirst(),
        full.steps().getLast());
    assertThat(thin.steps().stream().filter(step -> step.share() > 0.9).count()).as("in the slowest tenth")
        .isBetween(18L, 24L);
    assertThat(thin.count()).isEqualTo(10_000);
    assertThat(thin.thinned(80)).isSameAs(thin);
  }
}
