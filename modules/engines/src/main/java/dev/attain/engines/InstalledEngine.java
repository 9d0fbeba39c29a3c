package dev.attain.engines;

import dev.attain.experiment.Launch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the command lines of all engines that are installed on the machine have in common. */
final class InstalledEngine {
  private static final String INDEX = "{index}";

  private InstalledEngine() {}

  /**
   * @param flags that follow from the instance's place in its deployment
   * @param variables that do so
   */
  static LaunchPlan plan(InstanceSpec spec, Launch launch, List<String> flags, Map<String, String> variables) {
    List<String> command = new ArrayList<>(launch.executable());
    command.addAll(flags);
    command.addAll(launch.extraArguments());
    command.addAll(spec.extraArguments());
    Map<String, String> environment = new HashMap<>(launch.environment());
    environment.putAll(spec.environment());
    environment.replaceAll((name, value) -> value.replace(INDEX, Integer.toString(spec.index())));
    environment.putAll(visibleGpus(spec));
    environment.putAll(variables);
    return HttpAddresses.plan(spec, command, environment);
  }

  /**
   * @throws IllegalArgumentException for a role in a disaggregated deployment: the two requests that attain sends for
   * one answer are vLLM's way, others have routers of their own
   */
  static void requireColocated(InstanceSpec spec) {
    if (spec.role() != InstanceRole.COLOCATED) {
      throw new IllegalArgumentException(
          "%s: %s instances cannot be joined by attain; deploy %s colocated, or start it with its own router and measure that as an external deployment"
              .formatted(spec.id(), spec.engine().kind(), spec.engine().kind()));
    }
  }

  private static Map<String, String> visibleGpus(InstanceSpec spec) {
    if (spec.gpus().isEmpty()) {
      return Map.of();
    }
    // CUDA puts the fastest device first unless told to count as nvidia-smi does.
    return Map.of("CUDA_DEVICE_ORDER", "PCI_BUS_ID", "CUDA_VISIBLE_DEVICES",
        spec.gpus().stream().map(String::valueOf).collect(Collectors.joining(",")));
  }
}
