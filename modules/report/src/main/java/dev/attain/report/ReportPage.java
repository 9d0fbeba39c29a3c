package dev.attain.report;

import dev.attain.experiment.DurationWords;
import dev.attain.report.Block.Code;
import dev.attain.report.Block.Folded;
import dev.attain.report.Block.Heading;
import dev.attain.report.Block.Lead;
import dev.attain.report.Block.Notice;
import dev.attain.report.Block.Rows;
import dev.attain.report.Block.Text;
import dev.attain.results.Bundle;
import dev.attain.results.EngineFacts;
import dev.attain.results.FailureCount;
import dev.attain.results.Manifest;
import dev.attain.results.Objectives;
import dev.attain.results.PointSummary;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The content of a report from the answer down to the details, before any view gives it a form. */
final class ReportPage {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss XXX");

  private final Manifest manifest;
  private final Objectives objectivesOfTheRun;
  private final List<PointSummary> summaries;
  private final Findings findings;
  private final Charts charts;
  private final List<Block> enginesSeen;
  private final Optional<Comparison> comparison;
  private final List<Block> search;
  private final ObservedBlocks observed;
  private final ArrivalsTested arrivals;
  private final List<Block> blocks = new ArrayList<>();

  private ReportPage(Bundle bundle, Optional<Comparison> comparison) {
    this.comparison = comparison;
    this.manifest = bundle.manifest();
    this.objectivesOfTheRun = bundle.objectivesOfTheRun();
    this.summaries = bundle.summaries();
    this.findings = new Findings(bundle);
    this.charts = new Charts(manifest, findings.results());
    this.search = SearchBlocks.of(bundle);
    this.enginesSeen = EnginesSeen.section(bundle);
    List<Observed> points = Observed.of(bundle);
    this.observed = new ObservedBlocks(manifest, points);
    this.arrivals = new ArrivalsTested(manifest, points);
  }

  /** @param comparison of the deployments request by request, where that is possible */
  static List<Block> of(Bundle bundle, Optional<Comparison> comparison) {
    return new ReportPage(bundle, comparison).build();
  }

  static String title(Bundle bundle) {
    return bundle.manifest().name() + ": " + bundle.manifest().model() + " on " + bundle.manifest().dataset();
  }

  private List<Block> build() {
    findings.notices().forEach(notice -> blocks.add(new Notice(notice)));
    blocks.add(new Lead(findings.sentences()));
    findings.warnings().forEach(warning -> blocks.add(new Notice(warning)));
    blocks.add(new Heading("Verdicts"));
    blocks.add(new Text("Attainment is the share of all planned requests that met both objectives, with its 95 % "
        + "interval. Failed counts everything that failed, timed out, was never sent or was lost; all of them are "
        + "misses. Goodput is requests meeting both objectives per second. Latencies count from the instant a request was due"
        + (findings.unit() == LoadUnit.USERS ? ": its user was ready." : ".")));
    blocks.add(new Rows(findings.verdicts()));
    blocks.addAll(search);
    blocks.addAll(Certainty.blocks(summaries));
    blocks.add(new Block.Charts(List.of(charts.attainment(), charts.ttft(), charts.tpot())));
    addThroughput();
    blocks.addAll(FirstTokenStages.blocks(findings.results(), summaries));
    blocks.addAll(observed.distributions(findings.tellingLevel()));
    blocks.addAll(observed.timeline());
    addFailures();
    addValidity();
    blocks.addAll(enginesSeen);
    addExperiment();
    return List.copyOf(blocks);
  }

  private void addThroughput() {
    var figures = new ArrayList<Chart>(List.of(charts.normalizedLatency(), charts.outputThroughput()));
    observed.batchedRequests().ifPresent(figures::add);
    Optional<Chart> scale = comparison.flatMap(Comparison::overScale);
    scale.ifPresent(figures::add);
    blocks.add(new Heading("Throughput, batches, tighter objectives"));
    blocks.add(new Text("Normalised latency is the end-to-end latency of a completed request for each of its output"
        + " tokens. Output tokens are those of completed requests, per second until the last of them ended."
        + (scale.isPresent()
            ? " Over the SLO scale both objectives are multiplied by the same factor and the requests of one rate judged"
                + " again, tighter objectives further right."
            : "")));
    blocks.add(new Block.Charts(figures));
  }

  private void addFailures() {
    var table = Table.titled("point", "reason", "#requests");
    boolean any = false;
    for (PointSummary point : summaries) {
      for (FailureCount failure : point.failures()) {
        table.row(point.point(), failure.reason(), failure.count());
        any = true;
      }
    }
    if (any) {
      blocks.add(new Heading("Requests that did not complete"));
      blocks.add(new Rows(table.build()));
    }
    if (!manifest.assertions().isEmpty()) {
      var assertions = Table.titled("assertion", "outcome", "measured");
      manifest.assertions().forEach(it -> assertions.row(it.statement(), new Table.Cell(it.outcome().name(),
          switch (it.outcome()) {
            case HOLDS -> Tone.GOOD;
            case FAILS -> Tone.BAD;
            case UNDECIDED -> Tone.OPEN;
          }), it.detail()));
      blocks.add(new Heading("Assertions"));
      blocks.add(new Rows(assertions.build()));
    }
  }

  private void addValidity() {
    blocks.add(new Heading("Can the measurement be believed?"));
    blocks.add(new Text("Each point against the configured limits; past one of them a point is INVALID. Only how"
        + " irregular arrivals were changes no verdict. Send lag is the generator's own lateness"
        + (findings.unit() == LoadUnit.USERS
            ? ", counted from the instant a user was ready; a closed loop has no schedule whose hash nodes could compare, "
                + "and, if it ends by time, no request that could be unsent."
            : ".")));
    if (!summaries.isEmpty()) {
      blocks.add(new Rows(Checks.table(manifest.limits(), summaries, arrivals.results())));
    }
    blocks.addAll(arrivals.blocks());
    blocks.add(new Text("The same point by point."));
    blocks.add(new Rows(Validity.limits(manifest, summaries)));
    Table generator = Validity.generator(manifest, summaries);
    if (!generator.rows().isEmpty()) {
      blocks
          .add(new Text("What the load generator saw of itself, the worst of all load nodes: how late its event loops "
              + "came to their tasks, how long its threads waited for a processor, how long nothing ran at all, and what its "
              + "machine lost."));
      blocks.add(new Rows(generator));
    }
    Table waits = Validity.waits(summaries);
    if (!waits.rows().isEmpty()) {
      blocks.add(new Text("Requests that waited in the client because as many as may be (load.max-in-flight) were in "
          + "flight. Their waits are part of their latencies and not of the send lag."));
      blocks.add(new Rows(waits));
    }
    Table transfers = Validity.transfers(summaries);
    if (!transfers.rows().isEmpty()) {
      blocks.add(
          new Text("Proof of KV transfer, from the counters of the prefill and decode instances: of all prompt tokens, "
              + "those that decode instances received instead of computing them. Throughput is per second of transfer."));
      blocks.add(new Rows(transfers));
    }
    blocks.add(new Text(Validity.conservation(summaries)));
    blocks.add(new Folded("Gaps between tokens, and connections", OnTheWire.of(summaries)));
    blocks.add(new Folded("Requests and clocks of each load node", List.of(new Rows(Validity.nodes(summaries)))));
  }

  private void addExperiment() {
    blocks.add(new Heading("Experiment"));
    blocks.add(new Rows(facts()));
    blocks.add(new Rows(deployments()));
    if (!manifest.nodes().isEmpty()) {
      blocks.add(new Folded("Nodes", List.of(new Rows(nodes()))));
    }
    if (!manifest.engines().isEmpty()) {
      var commands = new StringBuilder();
      for (EngineFacts engine : manifest.engines()) {
        String version = engine.version().isEmpty() ? "" : ", version " + engine.version();
        String gpus = engine.gpus().isEmpty()
            ? ""
            : engine.gpus().stream().map(String::valueOf).collect(Collectors.joining(", ", ", GPUs ", ""));
        commands.append("# ").append(engine.deployment()).append(", ").append(engine.instance()).append(" on ")
            .append(engine.node()).append(gpus).append(version).append('\n').append(String.join(" ", engine.command()))
            .append("\n\n");
      }
      blocks.add(new Folded("Engine command lines", List.of(new Code(commands.toString().strip()))));
    }
    blocks.add(new Folded("Resolved configuration", List.of(new Code(manifest.configuration().toPrettyString()))));
  }

  private Table facts() {
    var objectives = manifest.objectives();
    var table = Table.titled("fact", "value");
    table.row("model", manifest.model());
    table.row("workload", manifest.workload());
    table.row("arrivals", manifest.arrivals() + ", seed " + manifest.seed());
    table.row("objectives", Findings.words(objectives));
    if (!objectives.equals(objectivesOfTheRun)) {
      table.row("objectives of the run", Findings.words(objectivesOfTheRun));
    }
    table.row("started", TIME.format(manifest.startedAt().atZone(ZoneId.systemDefault())));
    manifest.finishedAt().ifPresent(end -> table.row("took",
        DurationWords.of(Duration.between(manifest.startedAt(), end))));
    table.row("configuration file", manifest.configurationFile());
    table.row("command", String.join(" ", manifest.provenance().commandLine()));
    table.row("attain", manifest.provenance().toolVersion() + ", git " + manifest.provenance().gitHash());
    return table.build();
  }

  private Table deployments() {
    var table = Table.titled("deployment", "kind", "shape", "#GPUs", "engine");
    manifest.deployments().forEach(it -> table.row(it.name(), it.kind(), it.shape(),
        it.gpus() > 0 ? it.gpus() : "not said", it.engine()));
    return table.build();
  }

  private Table nodes() {
    var table = Table.titled("node", "host", "roles", "processor", "#cores", "#memory", "#heap", "system", "Java");
    manifest.nodes().forEach(it -> table.row(it.id(), it.host(), String.join(", ", it.roles()), it.processor(),
        it.processors(), Numbers.bytes(it.memoryBytes()), Numbers.bytes(it.heapBytes()), it.operatingSystem(),
        it.java()));
    return table.build();
  }
}
