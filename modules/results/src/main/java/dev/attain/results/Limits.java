package dev.attain.results;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * The limits past which a point is invalid, as configured. Those that are optional are absent in bundles of versions
 * that did not have them.
 *
 * @param sendLag seconds at the 99th percentile
 * @param startSkew seconds between the first and the last node's start
 * @param clockBound seconds of uncertainty about a node's clock
 * @param loopUtilisation share of a core of the busiest event loop, 0 to 1
 * @param gcPause seconds of the longest pause
 * @param loopLag seconds that an event loop comes late to its tasks, at the 99th percentile
 * @param waiting share of the time in which an event loop or the pacer has no processor, 0 to 1
 * @param stall seconds in which nothing runs
 * @param receiveDrops TCP segments thrown away on the receiving side
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Limits(double sendLag, double startSkew, double clockBound, double loopUtilisation, double gcPause,
    Optional<Double> loopLag, Optional<Double> waiting, Optional<Double> stall, Optional<Long> receiveDrops) {}
