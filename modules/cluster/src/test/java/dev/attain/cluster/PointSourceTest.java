package dev.attain.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.experiment.Deployment;
import dev.attain.experiment.Experiment;
import dev.attain.experiment.Point;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PointSourceTest {
  @TempDir
  private Path folder;

  @Test
  void aListGivesItsPointsInOrderAndThenNone() throws Exception {
    Experiment experiment = SmallExperiment.in(folder);
    Deployment deployment = experiment.deployments().getFirst();
    PointSource points = PointSource.listed(experiment);

    for (Point point : experiment.points(deployment)) {
      assertThat(points.finished(deployment)).isFalse();
      assertThat(points.next(deployment)).contains(point);
    }
    assertThat(points.next(deployment)).isEmpty();
    assertThat(points.finished(deployment)).isTrue();
  }

  @Test
  void whatIsGivenUpIsNamedOnceAndNeverMeasured() throws Exception {
    Experiment experiment = SmallExperiment.in(folder);
    Deployment deployment = experiment.deployments().getFirst();
    PointSource points = PointSource.listed(experiment);
    List<Point> all = experiment.points(deployment);

    assertThat(points.giveUp(deployment, "its engine died")).isEqualTo(all);
    assertThat(points.giveUp(deployment, "the run ended before it")).isEmpty();
    assertThat(points.next(deployment)).isEmpty();
  }
}
