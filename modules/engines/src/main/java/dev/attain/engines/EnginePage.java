package dev.attain.engines;

import java.util.Map;

/**
 * A metrics page, understood.
 *
 * @param stages the histograms that the engine offers, since it started
 */
public record EnginePage(EngineSample sample, Map<EngineStage, LatencyHistogram> stages) {
  public EnginePage {
    stages = Map.copyOf(stages);
  }
}
