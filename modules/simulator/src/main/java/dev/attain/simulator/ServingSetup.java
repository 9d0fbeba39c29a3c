package dev.attain.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The HTTP side of an engine.
 *
 * @param servedNames
 *          names by which requests may call the model; the first is the one in answers
 * @param root
 *          the model as given on the command line
 * @param frontEnd
 *          between the arrival of a request and the scheduler
 * @param meanOutputTokens
 *          of answers that their request does not limit
 * @param eosProbability
 *          chance that a token ends an answer whose request lets it end; 0 when only chats without a limit end so
 * @param keepAlive
 *          after which an idle connection is closed
 */
record ServingSetup(String host, int port, List<String> servedNames, String root, Optional<String> apiKey, long seed,
    int eventLoops, FrontEndCost frontEnd, int meanOutputTokens, double eosProbability, Duration keepAlive) {

  private static final String KEEP_ALIVE = "VLLM_HTTP_TIMEOUT_KEEP_ALIVE";

  ServingSetup {
    servedNames = List.copyOf(servedNames);
  }

  /** Reads the flags of the server. */
  static ServingSetup from(FlagValues flags, Map<String, String> environment) throws SimulatorException {
    String root = flags.text("--model").orElse("llama-3.1-8b");
    List<String> names = flags.has("--served-model-name") ? flags.texts("--served-model-name") : List.of(root);
    return new ServingSetup(flags.text("--host").orElse("127.0.0.1"), flags.integer("--port", 8000, 0, 65_535), names,
        root, flags.text("--api-key"), flags.integer("--seed", 0, Integer.MIN_VALUE, Integer.MAX_VALUE),
        flags.integer("--sim-event-loops", 1, 1, 64),
        FrontEndCost.from(flags), flags.integer("--sim-mean-output-tokens", 200, 1, 1_000_000),
        flags.number("--sim-eos-probability", 0, 0, 1), keepAlive(environment));
  }

  String name() {
    return servedNames.get(0);
  }

  private static Duration keepAlive(Map<String, String> environment) throws SimulatorException {
    String text = environment.getOrDefault(KEEP_ALIVE, "5");
    if (!text.matches("\\d{1,6}")) {
      throw new SimulatorException(KEEP_ALIVE + ": \"" + text + "\" is not a whole number of seconds");
    }
    return Duration.ofSeconds(Long.parseLong(text));
  }
}
