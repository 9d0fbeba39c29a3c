package dev.attain.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attain.cluster.RunEvent;
import dev.attain.experiment.Experiment;
import dev.attain.experiment.ExperimentReader;
import dev.attain.experiment.Point;
import dev.attain.results.BundleWriter;
import dev.attain.results.Provenance;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleKeeperTest {
  @Test
  void recordsThatComeTooLateDoNotGetIntoTheNextPoint(@TempDir Path results) throws Exception {
    Experiment experiment = ExperimentReader.read(Path.of("../../conf/quickstart.conf"), Map.of(), Map.of());
    List<Point> points = experiment.points(experiment.deployments().getFirst());
    try (BundleWriter bundle = BundleWriter.create(results, experiment, Instant.EPOCH,
        new Provenance("1", "unknown", List.of("attain")))) {
      BundleKeeper keeper = new BundleKeeper(experiment, bundle);
      keeper.on(new RunEvent.PointStarted(points.get(1), experiment.deployments().getFirst(), 10, "sha256:a",
          "sha256:b", 0, Map.of(), Instant.EPOCH, Duration.ofSeconds(5)));
      keeper.on(new RunEvent.RecordsArrived(points.get(1), "load-1", List.of()));
      assertThatThrownBy(() -> keeper.on(new RunEvent.RecordsArrived(points.getFirst(), "load-1", List.of())))
          .hasMessage(points.getFirst().id() + " is not being measured");
    }
  }
}
