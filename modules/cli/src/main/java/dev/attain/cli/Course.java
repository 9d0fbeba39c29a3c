package dev.attain.cli;

import dev.attain.cluster.PointSource;
import dev.attain.experiment.Experiment;
import dev.attain.results.BundleWriter;
import dev.attain.results.PointSummary;
import dev.attain.results.Provenance;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/** What is measured in a session, and when it was a success: listed points, or a search. */
interface Course {
  /** Shows what happens, after it has said what is going to. */
  Progress greeted(Terminal terminal);

  /** The bundle that results go to. */
  BundleWriter bundle(Path results, Experiment experiment, Provenance provenance) throws IOException;

  /** Which points are measured. */
  PointSource points();

  /** A point was judged and is in the bundle. */
  void judged(PointSummary summary, BundleWriter bundle) throws IOException;

  /** Nothing more will be measured. */
  void over(BundleWriter bundle) throws IOException;

  /** Whether everything was measured as it should. */
  boolean valid(BundleKeeper keeper);

  /** The points that an experiment lists. */
  record Listed(Experiment experiment, PointSource points) implements Course {
    static Course of(Experiment experiment) {
      return new Listed(experiment, PointSource.listed(experiment));
    }

    @Override
    public Progress greeted(Terminal terminal) {
      Progress progress = new Progress(experiment, terminal);
      progress.greet();
      return progress;
    }

    @Override
    public BundleWriter bundle(Path results, Experiment resolved, Provenance provenance) throws IOException {
      return BundleWriter.create(results, resolved, Instant.now(), provenance);
    }

    @Override
    public void judged(PointSummary summary, BundleWriter bundle) {}

    @Override
    public void over(BundleWriter bundle) {}

    @Override
    public boolean valid(BundleKeeper keeper) {
      return keeper.everythingValid();
    }
  }
}
