package dev.attain.report;

import dev.attain.results.DeploymentFacts;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Colours of deployments as the field uses them: colocated red, disaggregated blue, further ones the rest in turn. */
final class Palette {
  private Palette() {}

  /** A colour for each deployment by name, the same in every chart of a report; six before they repeat. */
  static Map<String, Ink> of(List<DeploymentFacts> deployments) {
    Deque<Ink> further = new ArrayDeque<>(List.of(Ink.GREEN, Ink.ORANGE, Ink.VIOLET, Ink.TEAL));
    var inks = new LinkedHashMap<String, Ink>();
    for (DeploymentFacts deployment : deployments) {
      Ink usual = deployment.disaggregated() ? Ink.BLUE : Ink.RED;
      if (inks.containsValue(usual)) {
        Ink next = further.removeFirst();
        further.addLast(next);
        inks.put(deployment.name(), next);
      } else {
        inks.put(deployment.name(), usual);
      }
    }
    return inks;
  }
}
