package dev.attain.experiment;

import java.time.Duration;
import java.util.Optional;

/**
 * What a load node may suffer before its point is not believed; each for every load node by itself. The reasons for the
 * defaults stand beside them in {@code conf/reference.conf}.
 *
 * @param loopUtilisation share (0..1) of a core that the busiest event loop may use
 * @param loopLag largest p99 of how late an event loop comes to its tasks; without it the limit of the send lag holds
 * @param loopWaiting share (0..1) of the time in which an event loop or the pacer may be without a processor although
 *        it has something to do
 * @param gcPause longest garbage collection pause
 * @param stall longest time in which nothing ran at all
 * @param receiveDrops how many segments may be thrown away on the receiving side of a load node's machine
 */
public record GeneratorLimits(double loopUtilisation, Optional<Duration> loopLag, double loopWaiting, Duration gcPause,
    Duration stall, long receiveDrops) {}
