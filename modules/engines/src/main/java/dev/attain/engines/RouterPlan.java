package dev.attain.engines;

import dev.attain.experiment.Router;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How to start a router in front of instances that are up. Pure. */
public final class RouterPlan {
  private RouterPlan() {}

  /**
   * The command with its placeholders filled in.
   *
   * @param host where it has to listen
   * @param port likewise
   * @param prefill base URIs of the instances, at least one; likewise {@code decode}
   */
  public static LaunchPlan of(Router router, String host, int port, List<URI> prefill, List<URI> decode) {
    List<String> command = new ArrayList<>();
    for (String word : router.command()) {
      String placed = word.replace("{host}", host).replace("{port}", Integer.toString(port));
      if (placed.contains("{prefill")) {
        prefill.forEach(uri -> command.addAll(words(placed, "prefill", uri)));
      } else if (placed.contains("{decode")) {
        decode.forEach(uri -> command.addAll(words(placed, "decode", uri)));
      } else {
        command.add(placed);
      }
    }
    URI base = HttpAddresses.base(host, port);
    return new LaunchPlan(command, Map.of(), base, base.resolve(router.health()), Optional.empty(), Optional.empty());
  }

  private static List<String> words(String word, String side, URI instance) {
    String filled = word.replace("{" + side + "}", instance.toString())
        .replace("{" + side + ".host}", instance.getHost())
        .replace("{" + side + ".port}", Integer.toString(instance.getPort()));
    return List.of(filled.strip().split("\\s+"));
  }
}
