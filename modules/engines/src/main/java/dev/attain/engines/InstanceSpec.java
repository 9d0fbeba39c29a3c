package dev.attain.engines;

import dev.attain.experiment.Engine;
import dev.attain.experiment.Model;
import java.util.List;
import java.util.Map;

/**
 * One instance to be started.
 *
 * @param id unique in the deployment: "prefill-0"
 * @param index its number within its role, from 0
 * @param tensorParallel GPUs that the model is split over, at least 1
 * @param gpus the ones it has, as nvidia-smi numbers them; empty for the simulator and for engines that need none
 * @param host address it listens on and is reached at
 * @param extraArguments passed on as they are, after all others
 * @param environment variables of its role, which win over those of the engine; {@code {index}} in a value of either
 * stands for {@code index}
 */
public record InstanceSpec(String id, InstanceRole role, int index, Engine engine, Model model, int tensorParallel,
    List<Integer> gpus, String host, InstancePorts ports, List<String> extraArguments,
    Map<String, String> environment) {
  public InstanceSpec {
    gpus = List.copyOf(gpus);
    extraArguments = List.copyOf(extraArguments);
    environment = Map.copyOf(environment);
  }
}
