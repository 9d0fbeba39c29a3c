package dev.attain.results;

import dev.attain.measurement.Verdict;
import dev.attain.results.Contender.Load;
import dev.attain.results.Contender.Trait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads a bundle's deployments for a comparison. */
final class BundleContenders {
  private final Bundle bundle;
  private final Manifest manifest;

  BundleContenders(Bundle bundle) {
    this.bundle = bundle;
    this.manifest = bundle.manifest();
  }

  List<Contender> read() throws BundleException {
    if (manifest.points().stream().anyMatch(point -> point.loop() == LoopKind.CLOSED)) {
      throw new BundleException(bundle.folder() + " is a closed loop: its users set no rate, so that no rate can be"
          + " compared; compare open loops (load.rates)");
    }
    var contenders = new ArrayList<Contender>();
    for (DeploymentFacts deployment : manifest.deployments()) {
      contenders.add(contender(deployment));
    }
    return contenders;
  }

  private Contender contender(DeploymentFacts deployment) throws BundleException {
    var remarks = new ArrayList<String>();
    if (!manifest.complete()) {
      remarks.add(bundle.folder() + " is incomplete; its finished points are compared");
    }
    var repeats = new TreeMap<Double, List<PointSummary>>();
    for (PointSummary point : bundle.summaries()) {
      if (!point.deployment().equals(deployment.name())) {
        continue;
      }
      if (point.verdict() == Verdict.INVALID) {
        remarks.add(point.point() + " is INVALID and left out" + (point.reasons().isEmpty()
            ? ""
            : ": " + point.reasons().getFirst()));
      } else {
        repeats.computeIfAbsent(point.level(), rate -> new ArrayList<>()).add(point);
      }
    }
    var loads = new ArrayList<Load>();
    for (Map.Entry<Double, List<PointSummary>> rate : repeats.entrySet()) {
      loads.add(load(rate.getKey(), rate.getValue()));
    }
    return new Contender(deployment.name(), bundle.folder(), deployment, traits(deployment),
        Optional.of(manifest.objectives()), loads, remarks);
  }

  private Load load(double rate, List<PointSummary> repeats) throws BundleException {
    var requests = new ArrayList<RequestTimes>();
    for (PointSummary repeat : repeats) {
      requests.add(requests(repeat));
    }
    return new Load(rate, repeats.stream().map(PointSummary::scheduleHash).collect(Collectors.joining(" ")),
        repeats.stream().mapToDouble(PointSummary::offeredSeconds).sum(), RequestTimes.joined(requests));
  }

  private RequestTimes requests(PointSummary point) throws BundleException {
    Optional<RequestTimes> known = bundle.times(point);
    if (known.isPresent()) {
      return known.get();
    }
    Path file = manifest.points().stream().filter(it -> it.point().equals(point.point())).findFirst()
        .map(it -> bundle.folder().resolve(it.path()).resolve(PointWriter.REQUESTS)).orElseThrow();
    if (!Files.isRegularFile(file)) {
      throw new BundleException(file + " is missing: without single requests there is nothing to compare");
    }
    RequestTimes times;
    try {
      var columns = RequestColumns.read(file, point.planned());
      times = new RequestTimes(RequestTimes.orNever(columns.ttft), RequestTimes.orNever(columns.tpot));
    } catch (UncheckedIOException e) {
      throw new BundleException(e.getMessage(), e);
    } catch (IOException e) {
      throw new BundleException(file + ": cannot be read: " + e, e);
    }
    if (times.completed() != point.completed()) {
      throw new BundleException(file + " has " + times.completed() + " of " + point.completed()
          + " completed requests: it was cut off or is not of this point; take a whole copy of the bundle");
    }
    return times;
  }

  private Map<Trait, String> traits(DeploymentFacts deployment) {
    List<EngineFacts> engines = manifest.engines().stream().filter(it -> it.deployment().equals(deployment.name()))
        .toList();
    var traits = new EnumMap<Trait, String>(Trait.class);
    traits.put(Trait.MODEL, manifest.model());
    traits.put(Trait.DATA_SET, manifest.dataset());
    traits.put(Trait.WORKLOAD, manifest.workload());
    traits.put(Trait.ARRIVALS, manifest.arrivals());
    traits.put(Trait.SEED, String.valueOf(manifest.seed()));
    traits.put(Trait.GPUS, deployment.gpus() > 0 ? String.valueOf(deployment.gpus()) : "");
    traits.put(Trait.GPU_MODEL, distinct(manifest.gpus().stream().map(GpuFacts::name)));
    traits.put(Trait.ENGINE, deployment.engine());
    traits.put(Trait.ENGINE_VERSION, distinct(engines.stream().map(EngineFacts::version)));
    traits.put(Trait.LOAD_NODES,
        String.valueOf(manifest.nodes().stream().filter(node -> node.roles().contains("load")).count()));
    traits.put(Trait.TOOL_VERSION, manifest.provenance().toolVersion() + " " + manifest.provenance().gitHash());
    return traits;
  }

  private static String distinct(Stream<String> words) {
    return words.filter(it -> !it.isEmpty()).distinct().sorted().collect(Collectors.joining(", "));
  }
}
