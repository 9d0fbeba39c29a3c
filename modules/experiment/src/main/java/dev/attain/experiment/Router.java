package dev.attain.experiment;

import java.util.List;

/**
 * A router that attain starts in front of the instances of a disaggregated deployment, and that hands over in place of
 * the load nodes.
 *
 * @param command program and arguments with placeholders for what is known once the instances are up
 * @param health path that answers 200 once the router serves: {@code /health}
 */
public record Router(List<String> command, String health) {
  public Router {
    command = List.copyOf(command);
  }
}
