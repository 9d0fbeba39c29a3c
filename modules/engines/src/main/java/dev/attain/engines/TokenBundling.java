package dev.attain.engines;

import dev.attain.experiment.Engine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether an engine may put several tokens into one event, as far as its flags tell. Pure. */
public final class TokenBundling {
  /** Flags of vLLM and SGLang that say how many steps or tokens make an event. */
  private static final List<String> COUNTS = List.of("stream-interval", "num-scheduler-steps");
  private static final String SPECULATIVE = "speculative-";

  private TokenBundling() {}

  /** True for speculative decoding, and for an event in several steps; what a file that a flag names says is not seen. */
  public static boolean possible(Engine engine) {
    return switch (engine) {
      case Engine.Simulator simulator -> possible(simulator.options(), simulator.extraArguments());
      case Engine.Installed installed -> possible(installed.launch().options(), installed.launch().extraArguments());
    };
  }

  private static boolean possible(Map<String, String> options, List<String> arguments) {
    boolean speculative = Stream.concat(options.keySet().stream(), arguments.stream().filter(it -> it.startsWith("-")))
        .map(name -> name.replaceFirst("^-+", "").replace('_', '-')).anyMatch(name -> name.startsWith(SPECULATIVE));
    return speculative || COUNTS.stream().anyMatch(name -> CommandLineFlags.value(arguments, name)
        .or(() -> Optional.ofNullable(options.get(name))).filter(count -> !count.equals("1")).isPresent());
  }
}
