package dev.attain.engines;

import dev.attain.experiment.Engine;
import dev.attain.experiment.Model;
import java.util.List;

/**
 * One instance to be started.
 *
 * @param id unique in the deployment: "prefill-0"
 * @param tensorParallel GPUs that the model is split over, at least 1
 * @param host address it listens on and is reached at
 * @param port of its OpenAI interface
 * @param sideChannelPort where prefill and decode instances exchange how to reach each other's memory; not used by
 * colocated ones
 * @param extraArguments passed on as they are, after all others
 */
public record InstanceSpec(String id, InstanceRole role, Engine engine, Model model, int tensorParallel, String host,
    int port, int sideChannelPort, List<String> extraArguments) {
  public InstanceSpec {
    extraArguments = List.copyOf(extraArguments);
  }
}
