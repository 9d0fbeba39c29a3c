package dev.attain.report;

import dev.attain.results.DeploymentFacts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Colours of deployments as the field uses them: colocated red, disaggregated blue, further ones the rest in turn. */
final class Palette {
  private Palette() {}

  /** A colour for each deployment by name, the same in every chart of a report; six before they repeat. */
  static Map<String, Ink> of(List<DeploymentFacts> deployments) {
    List<Ink> colours = inOrder(deployments);
    var inks = new LinkedHashMap<String, Ink>();
    for (int number = 0; number < colours.size(); number++) {
      inks.put(deployments.get(number).name(), colours.get(number));
    }
    return inks;
  }

  /** A colour for each, also of those with the same name. */
  static List<Ink> inOrder(List<DeploymentFacts> deployments) {
    Deque<Ink> further = new ArrayDeque<>(List.of(Ink.GREEN, Ink.ORANGE, Ink.VIOLET, Ink.TEAL));
    var inks = new ArrayList<Ink>();
    for (DeploymentFacts deployment : deployments) {
      Ink usual = deployment.disaggregated() ? Ink.BLUE : Ink.RED;
      if (inks.contains(usual)) {
        Ink next = further.removeFirst();
        further.addLast(next);
        inks.add(next);
      } else {
        inks.add(usual);
      }
    }
    return inks;
  }
}
