package dev.attain.report;

import dev.attain.results.Contender;
import dev.attain.results.Contender.Load;
import dev.attain.results.DeploymentFacts;
import dev.attain.results.Objectives;
import dev.attain.statistics.AttainmentCurve.Sample;
import dev.attain.statistics.EffectiveSize;
import dev.attain.statistics.JointShares;
import dev.attain.statistics.MaxLoad;
import dev.attain.statistics.MovingBlocks;
import dev.attain.statistics.ShareDifference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A contender of a comparison with what follows from its requests.
 *
 * @param label as sentences and tables call it
 * @param divisor GPUs that rates are divided by; 1 where they are not known of every contender
 * @param loads by rate
 * @param max the highest rate that meets the target, divided
 */
record Side(Contender contender, String label, int divisor, NavigableMap<Double, Resampled> loads, MaxLoad max) {

  /** A load, which requests met the objectives, and the blocks that they are resampled in. */
  record Resampled(Load load, boolean[] met, MovingBlocks blocks) {
    static Resampled of(Load load, String label, Objectives slo) {
      // The same requests are drawn in the same blocks, so that what both sides have in common cancels out.
      String drawing = (load.pairing().isEmpty() ? label : load.pairing()) + " at " + load.rate();
      return new Resampled(load, load.requests().met(slo.ttft(), slo.tpot()),
          MovingBlocks.of(load.requests().planned(), drawing.hashCode()));
    }

    double share() {
      return ShareDifference.share(met);
    }

    /**
     * What the share may truly be, for the whole curve. Blocks of a single run know only the misses that it had; the
     * number of independent requests also knows how easily there could have been more, as the verdict of the point does.
     * The arrivals are the same at all rates of a side.
     */
    private double[] plausibleShares(Objectives slo, int side) {
      double independent = EffectiveSize.ofOutcomes(load.requests().requiredScales(slo.ttft(), slo.tpot()))
          .independent();
      return JointShares.of(share(), independent, side);
    }

    /** Requests within both objectives per second in which requests were due. */
    double goodput() {
      return share() * met.length / load.seconds();
    }
  }

  Side {
    loads = Collections.unmodifiableNavigableMap(loads);
  }

  /** In the order of the contenders. */
  static List<Side> of(List<Contender> contenders, Objectives slo) {
    boolean perGpu = contenders.stream().allMatch(it -> it.deployment().gpus() > 0);
    List<String> labels = labels(contenders);
    return IntStream.range(0, contenders.size()).mapToObj(number -> {
      Contender contender = contenders.get(number);
      return of(contender, labels.get(number), perGpu ? contender.deployment().gpus() : 1, slo, number);
    }).toList();
  }

  private static Side of(Contender contender, String label, int divisor, Objectives slo, int number) {
    var loads = new TreeMap<Double, Resampled>();
    contender.loads().forEach(load -> loads.put(load.rate(), Resampled.of(load, label, slo)));
    List<MaxLoad.Load> curve = loads.values().stream()
        .map(it -> new MaxLoad.Load(new Sample(it.load().rate() / divisor, it.share(), it.met().length),
            it.plausibleShares(slo, number)))
        .toList();
    return new Side(contender, label, divisor, loads, MaxLoad.of(curve, slo.target()));
  }

  /** Deployments' names, with what tells them apart where that is not enough. */
  private static List<String> labels(List<Contender> contenders) {
    List<String> names = contenders.stream().map(Side::name).toList();
    var labels = new ArrayList<String>();
    Set<String> taken = new HashSet<>();
    for (int number = 0; number < names.size(); number++) {
      String name = names.get(number);
      String label = Collections.frequency(names, name) > 1
          ? name + " of " + contenders.get(number).source().toAbsolutePath().normalize().getFileName()
          : name;
      labels.add(taken.add(label) ? label : label + " (" + (number + 1) + ")");
    }
    return labels;
  }

  private static String name(Contender contender) {
    DeploymentFacts it = contender.deployment();
    String sides = it.prefillInstances() + "P" + it.decodeInstances() + "D";
    boolean said = it.name().toUpperCase(Locale.ROOT).contains(sides);
    return it.disaggregated() && !said ? it.name() + " " + sides : it.name();
  }
}
