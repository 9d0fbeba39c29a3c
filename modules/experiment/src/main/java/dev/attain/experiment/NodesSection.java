package dev.attain.experiment;

import java.util.List;

/** Reads {@code nodes}. */
final class NodesSection {
  private static final int MOST_NODES = 1_000;
  private static final int LARGEST_WEIGHT = 1_000;
  /** Less and the JVM of a node hardly starts. */
  private static final int LEAST_HEAP_MEBIBYTES = 64;

  private NodesSection() {}

  static Nodes read(Section section) {
    int load = Numbers.whole(section.get("load"), 1, MOST_NODES);
    var weights = section.get("weights").elements().stream().map(each -> Numbers.whole(each, 1, LARGEST_WEIGHT))
        .toList();
    if (!weights.isEmpty() && weights.size() != load) {
      section.problem("weights",
          "has " + weights.size() + " weights for " + load + " load nodes; write one weight for each node,"
              + " or none for equal shares");
      weights = List.of();
    }
    String host = section.get("host").text().orElse("127.0.0.1");
    if (host.equals("0.0.0.0") || host.equals("::")) {
      section.problem("host", host + " is no address to join; write the one under which others reach this machine");
    }
    var nodes = new Nodes(load, section.get("spawn-locally").flag(), host,
        Numbers.whole(section.get("port"), 0, 65_535), weights,
        MemorySizes.bytes(section.get("heap"), LEAST_HEAP_MEBIBYTES));
    section.close();
    return nodes;
  }
}
