package dev.attain.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferenceTest {
  private static final Path FILE = Path.of("../../conf/reference.conf");
  /** Configurations that together use every kind of everything. */
  private static final List<String> EVERY_KIND = List.of("", "arrivals = gamma",
      "arrivals { kind = trace, trace = \"t.csv\" }",
      "workload { kind = trace, trace = \"t.csv\" }", "workload.prompt-tokens.kind = uniform",
      "workload.output-tokens.kind = uniform",
      "workload.prompt-tokens.kind = lognormal", "workload.output-tokens.kind = lognormal",
      "workload.prompt-tokens { kind = empirical, observed = 5 }",
      "workload.output-tokens { kind = empirical, observed = 5 }",
      "load.profile = ramp", "load.profile = burst", "load.profile { kind = steps, steps = \"2 for 1 s\" }",
      "load { rates = null, concurrency = 8 }",
      "engine.kind = vllm",
      "deployments = [{ name = d, kind = disaggregated }, { name = e, kind = external, endpoints = \"http://h:1\" }]",
      "deployments = [{ name = e, kind = external, prefill = \"http://h:1\", decode = \"http://h:2\" }]");

  @TempDir
  Path folder;

  /** The other direction, that every key read is in the reference, is enforced wherever a section looks a key up. */
  @Test
  void everyKeyOfTheReferenceIsRead() {
    var read = new TreeSet<String>();
    for (var more : EVERY_KIND) {
      var sample = Sample.minimalAnd(folder, more).file("t.csv", """
        arrived_at,num_prefill_tokens,num_decode_tokens
        0.0,374,44
        4.3,396,109
        """);
      sample.read();
      read.addAll(sample.keysRead());
    }
    assertThat(read).containsAll(Reference.packaged().keys());
  }

  @Test
  void everyKeyOfTheReferenceStandsBelowACommentOrAKeyThatHasOne() throws Exception {
    var bare = new HashSet<String>();
    var before = "#";
    for (var line : Files.readAllLines(FILE)) {
      boolean key = line.strip().matches("[a-z-]+ (=|\\{).*");
      if (key && before.isBlank()) {
        bare.add(line.strip());
      }
      before = line;
    }
    assertThat(bare).isEmpty();
  }

  @Test
  void referenceNamesWhatTheSimulatorKnows() throws Exception {
    assertThat(Files.readString(FILE)).contains(String.join(", ", SimulatorPresets.gpus()))
        .contains(String.join(", ", SimulatorPresets.models()));
  }
}
