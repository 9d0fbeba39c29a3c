package dev.attain.experiment;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is common to engines that are installed on the machine.
 *
 * @param executable the program with the arguments that make it a server: {@code vllm serve}
 * @param environment variables beside those that attain itself inherits, sorted by name
 * @param options flags with their values, names without dashes, sorted by name: {@code max-num-seqs -> 256}
 * @param extraArguments further arguments, passed on as they are
 * @param gpus which GPUs of a node instances may take
 * @param startAttempts how often an instance that ends before it is ready is started in all, at least 1
 */
public record Launch(List<String> executable, Map<String, String> environment, Map<String, String> options,
    List<String> extraArguments, GpuUse gpus, int startAttempts) {
  public Launch {
    executable = List.copyOf(executable);
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    extraArguments = List.copyOf(extraArguments);
  }
}
