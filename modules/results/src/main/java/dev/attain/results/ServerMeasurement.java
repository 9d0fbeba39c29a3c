package dev.attain.results;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the engines saw of a point.
 *
 * @param stages by role and name, over the whole point
 */
public record ServerMeasurement(ServerMetricsFile samples, Map<String, Map<String, ServerStage>> stages) {
  /** Copies the map, whose order stays. */
  public ServerMeasurement {
    stages = Collections.unmodifiableMap(new LinkedHashMap<>(stages));
  }

  /** Nobody looked. */
  public static ServerMeasurement none() {
    return new ServerMeasurement(ServerMetricsFile.none(), Map.of());
  }
}
