package dev.attain.simulator;

/**
 * What the server does only when its flags ask for it.
 *
 * @param cachesPrefixes
 *          whether prompts that begin alike share KV
 * @param tellsCachedTokens
 *          whether usage says how many prompt tokens were not computed here
 * @param tellsTimes
 *          whether an answer says how long its stages took
 * @param forcesUsage
 *          whether every stream has usage, with every event, asked for or not
 * @param servesMetrics
 *          whether there is a metrics page
 * @param style
 *          whose server this is
 */
record ServedFeatures(boolean cachesPrefixes, boolean tellsCachedTokens, boolean tellsTimes, boolean forcesUsage,
    boolean servesMetrics, EngineStyle style) {

  static ServedFeatures from(FlagValues flags) throws SimulatorException {
    if (flags.has("--enable-prefix-caching") && flags.has("--no-enable-prefix-caching")) {
      throw new SimulatorException(
          "--enable-prefix-caching and --no-enable-prefix-caching exclude each other; give one");
    }
    boolean tellsTimes = flags.has("--enable-per-request-metrics");
    if (tellsTimes && flags.has("--disable-log-stats")) {
      throw new SimulatorException(
          "--enable-per-request-metrics needs the engine's statistics; remove --disable-log-stats");
    }
    return new ServedFeatures(flags.has("--enable-prefix-caching"), flags.has("--enable-prompt-tokens-details"),
        tellsTimes, flags.has("--enable-force-include-usage"), servesMetrics(flags), flags.style());
  }

  private static boolean servesMetrics(FlagValues flags) {
    return switch (flags.style()) {
      case VLLM, TENSORRT_LLM -> true;
      case SGLANG -> flags.has("--enable-metrics");
      case LMDEPLOY -> !flags.has("--disable-metrics");
      case TRANSFORMERS -> false;
    };
  }
}
