package dev.attain.report;

import dev.attain.results.Contender;
import dev.attain.results.Contender.Trait;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Whether anything but the deployment differs between the sides of a comparison. */
final class Fairness {
  private static final List<Trait> WORTH_KNOWING = List.of(Trait.MODEL, Trait.SEED, Trait.GPUS, Trait.ENGINE_VERSION);

  private final List<Side> sides;

  Fairness(List<Side> sides) {
    this.sides = sides;
  }

  /** A clause for each trait that makes the sides answer different questions. */
  List<String> forbidden() {
    return differing().stream().filter(Trait::forbidden).map(this::clause).toList();
  }

  /** Sentences about everything else that differs, that is not known, or that was left out. */
  List<String> warnings() {
    var warnings = new ArrayList<String>();
    differing()
        .forEach(trait -> warnings.add("The deployments differ in more than their shape: " + clause(trait) + "."));
    for (Side side : sides) {
      String unknown = WORTH_KNOWING.stream()
          .filter(trait -> value(side, trait).isEmpty() && sides.stream().anyMatch(it -> !value(it, trait).isEmpty()))
          .map(Trait::words).collect(Collectors.joining(", "));
      if (!unknown.isEmpty()) {
        warnings.add("Not known of " + side.label() + ", so that nobody can tell whether it is the same: " + unknown
            + ".");
      }
    }
    sides.stream().flatMap(side -> side.contender().remarks().stream()).distinct()
        .forEach(remark -> warnings.add(Sentence.of(remark) + "."));
    return warnings;
  }

  private List<Trait> differing() {
    return Arrays.stream(Trait.values())
        .filter(trait -> sides.stream().map(side -> value(side, trait)).filter(it -> !it.isEmpty()).distinct()
            .count() > 1)
        .toList();
  }

  private String clause(Trait trait) {
    return trait.words() + " (" + sides.stream().filter(side -> !value(side, trait).isEmpty())
        .map(side -> side.label() + ": " + value(side, trait)).collect(Collectors.joining("; ")) + ")";
  }

  private static String value(Side side, Trait trait) {
    return side.contender().traits().getOrDefault(trait, "");
  }
}
