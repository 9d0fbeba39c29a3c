package dev.attain.results;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * What one event loop of a load node did during a point.
 *
 * @param utilisation share of a core, 0 to 1
 * @param lagP99 seconds that a task of the loop came late, at the 99th percentile of tasks due every 10 ms
 * @param lagMax seconds that the latest one came late
 * @param waiting share of the time in which it had work but no processor, 0 to 1; absent where the system does not tell
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record LoopFigures(double utilisation, double lagP99, double lagMax, Optional<Double> waiting) {}
