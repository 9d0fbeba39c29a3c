package dev.attain.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.measurement.RequestRecord;
import dev.attain.results.PointSummary;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same experiment on one, two and three load nodes is the same load. */
@StartsProcesses
@Tag("long")
class AnyNumberOfNodesTest {
  private static final List<Integer> NODES = List.of(1, 2, 3);

  /** What a request is, whoever sends it. */
  record Planned(int index, long intendedNanos, int promptTokens, int outputTokens) {
    static Planned of(RequestRecord record) {
      return new Planned(record.index(), record.intendedNanos(), record.promptTokens(), record.plannedOutputTokens());
    }
  }

  @TempDir
  static Path folder;

  private static final Map<Integer, RunBundle> BUNDLES = new TreeMap<>();

  @BeforeAll
  static void measure() {
    try (FakeServer server = FakeServer.start(Answer.good())) {
      Path conf = Experiments.write(folder, "nodes", Experiments.external(Map.of("known", server.uri())) + """
        model.name = known-model
        workload {
          prompt-tokens { kind = lognormal, maximum = 300 }
          output-tokens { kind = uniform, minimum = 1, maximum = 20 }
        }
        load { rates = 60, duration = 2 s }
        """);
      for (int nodes : NODES) {
        AttainProcess.Ended ended = AttainProcess.run(folder, "run", conf.toString(), "-D",
            "nodes.load=" + nodes, "--results", "results-" + nodes);
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        BUNDLES.put(nodes, ended.bundle());
      }
    }
  }

  @Test
  void scheduleHashIsTheSame() {
    Set<String> hashes = BUNDLES.values().stream().map(bundle -> bundle.onlySummary().scheduleHash())
        .collect(Collectors.toSet());

    assertThat(hashes).hasSize(1).allMatch(hash -> hash.matches("sha256:[0-9a-f]{64}"));
  }

  @Test
  void unionOfTheRequestsIsTheSame() {
    List<Planned> alone = planned(BUNDLES.get(1));

    assertThat(alone).hasSizeGreaterThan(80).doesNotHaveDuplicates();
    assertThat(alone).extracting(Planned::index).isEqualTo(
        IntStream.range(0, alone.size()).boxed().toList());
    assertThat(planned(BUNDLES.get(2))).isEqualTo(alone);
    assertThat(planned(BUNDLES.get(3))).isEqualTo(alone);
  }

  @Test
  void everyNodeSendsItsShareAndNothingElse() {
    BUNDLES.forEach((nodes, bundle) -> bundle.records("known").forEach(line -> assertThat(line.node())
        .isEqualTo("load-" + (line.record().index() % nodes + 1))));
  }

  @Test
  void countsAddUpForEveryNode() {
    BUNDLES.forEach((nodes, bundle) -> {
      PointSummary summary = bundle.onlySummary();
      assertThat(summary.nodes()).hasSize(nodes);
      assertThat(new HashSet<>(summary.nodes())).hasSize(nodes);
      assertThat(summary.conserved()).isTrue();
      assertThat(summary.completed()).isEqualTo(summary.planned());
    });
  }

  private static List<Planned> planned(RunBundle bundle) {
    return bundle.records("known").stream().map(line -> Planned.of(line.record()))
        .sorted(Comparator.comparingInt(Planned::index)).toList();
  }
}
