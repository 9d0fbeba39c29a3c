package dev.attain.experiment;

import com.typesafe.config.ConfigList;
import java.net.URI;
import java.util.List;

/** Reads a deployment of kind {@code external}. */
final class ExternalSection {
  private static final int MOST_GPUS = 1 << 20;

  /** What a user may say; that a router hands over shows in the addresses. */
  private enum Choice { CLIENT, SIDECAR }

  private ExternalSection() {}

  static Deployment.External read(String name, Section section) {
    var endpoints = Endpoints.read(section.get("endpoints"));
    var prefill = Endpoints.read(section.get("prefill"));
    var decode = Endpoints.read(section.get("decode"));
    requireAddresses(section);
    refuseTwoRoles(section, endpoints, prefill, decode);
    return new Deployment.External(name, endpoints, prefill, decode, Numbers.whole(section.get("gpus"), 0, MOST_GPUS),
        handOver(section, prefill));
  }

  /** An empty list is what the resolved configuration writes for addresses that nobody gave. */
  private static boolean names(Section section, String key) {
    return section.gives(key) && !(section.get(key).value() instanceof ConfigList list && list.isEmpty());
  }

  private static void requireAddresses(Section section) {
    boolean endpoints = names(section, "endpoints");
    boolean prefill = names(section, "prefill");
    boolean decode = names(section, "decode");
    if (prefill != decode) {
      section.problem(prefill ? "decode" : "prefill",
          "is missing, and %s stands alone; write prefill and decode together%s".formatted(
              prefill ? "prefill" : "decode",
              endpoints ? ", as the instances behind the router at endpoints" : ""));
    } else if (!endpoints && !prefill) {
      section.problem("endpoints",
          "is missing; write for example endpoints = [\"http://127.0.0.1:8000\"], or prefill and decode together");
    }
  }

  private static void refuseTwoRoles(Section section, List<URI> endpoints, List<URI> prefill, List<URI> decode) {
    endpoints.stream().filter(uri -> prefill.contains(uri) || decode.contains(uri)).findFirst()
        .ifPresent(
            uri -> section.problem("endpoints", ("%s is an instance of %s too; write the router's own address, or"
                + " leave endpoints out").formatted(uri, prefill.contains(uri) ? "prefill" : "decode")));
  }

  private static HandOver handOver(Section section, List<URI> prefill) {
    if (names(section, "endpoints")) {
      if (section.gives("hand-over")) {
        section.get("hand-over").problem("has no effect beside endpoints, where requests go in one call; leave it out");
      }
      return names(section, "prefill") ? HandOver.ROUTER : HandOver.CLIENT;
    }
    var choice = section.get("hand-over").choice(Choice.class).orElse(Choice.CLIENT);
    if (choice == Choice.CLIENT) {
      return HandOver.CLIENT;
    }
    prefill.stream().filter(uri -> !uri.getRawPath().isEmpty()).findFirst()
        .ifPresent(uri -> section.problem("prefill",
            "%s has a path, and a sidecar is told host and port only; write it without".formatted(uri)));
    return HandOver.SIDECAR;
  }
}
