package dev.attain.experiment;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import dev.attain.measurement.Slo;
import dev.attain.schedule.ArrivalProcess;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A configuration file that is being read: what a run and a plan both ask of it, in the order in which they ask. What only
 * one of them asks it reads from {@link #root} in between.
 */
final class CommonPart {
  /** What requests are and when they are due. */
  record Requests(WorkloadDefinition workload, ArrivalProcess arrivals) {}

  /** Times, and the share (0..1) of requests that must meet both. */
  record Objectives(Slo slo, double target) {}

  /** Where the bundle goes, and what all chance follows from. */
  record Identity(String name, String dataset, long seed) {}

  private final Reading reading;
  private final Map<String, Object> resolved = new LinkedHashMap<>();
  private final Section root;
  private final Section workload;

  private CommonPart(Reading reading, ConfigObject given) {
    this.reading = reading;
    this.root = Section.root(reading, given, reading.reference().root(), resolved);
    this.workload = root.section("workload");
  }

  /**
   * Reads a file by {@code whole}, whose result counts only when no problem was found.
   *
   * @param keysRead grows with the keys that were looked at
   * @throws ConfigurationException with every problem found, not only the first
   */
  static <T> T read(Path file, Map<String, String> overrides, Map<String, String> environment, Set<String> keysRead,
      Function<CommonPart, T> whole) throws ConfigurationException {
    var reading = new Reading(file, Reference.packaged(), Map.copyOf(environment), new Problems(), keysRead);
    var read = whole.apply(new CommonPart(reading, ConfigurationFile.read(reading, overrides)));
    reading.problems().throwIfAny();
    return read;
  }

  Section root() {
    return root;
  }

  /** @param arrivals reads when requests are due; gets the section of the workload and the traces read so far */
  Requests requests(BiFunction<Section, Traces, ArrivalProcess> arrivals) {
    var traces = new Traces();
    var definition = WorkloadSection.read(workload, traces);
    var due = arrivals.apply(workload, traces);
    WorkloadSection.close(workload);
    return new Requests(definition, due);
  }

  Objectives objectives() {
    var section = root.section("slo");
    return new Objectives(LimitsSection.slo(section), LimitsSection.target(section));
  }

  Identity identity() {
    var name = root.optional("name").flatMap(Names::fileSafe).orElse(Names.ofFile(reading.file()));
    var dataset = root.optional("dataset").flatMap(Names::fileSafe).orElse(WorkloadSection.dataset(workload));
    root.resolve("name", name);
    root.resolve("dataset", dataset);
    return new Identity(name, dataset, Numbers.wholeLong(root.get("seed"), Long.MIN_VALUE, Long.MAX_VALUE));
  }

  /** A section that takes no part: the resolved configuration is without it. */
  void leaveOut(String section) {
    resolved.remove(section);
  }

  /** Ends the reading: whatever nobody has read is a problem. */
  ResolvedConfiguration close() {
    root.close();
    var json = ConfigValueFactory.fromMap(resolved).render(ConfigRenderOptions.concise().setFormatted(true));
    return new ResolvedConfiguration(json, reading.file());
  }
}
