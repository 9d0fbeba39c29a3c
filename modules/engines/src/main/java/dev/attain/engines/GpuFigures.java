package dev.attain.engines;

import java.util.OptionalDouble;

/**
 * What nvidia-smi says of a GPU at one moment; what the driver does not tell is empty.
 *
 * @param gpu its number, as nvidia-smi counts
 * @param instance the instances that were started on it, separated by {@code ", "}
 * @param memoryUsedMebibytes by whoever
 * @param utilisation share of the time in which something ran on it, 0 to 1
 */
public record GpuFigures(int gpu, String instance, OptionalDouble memoryUsedMebibytes, OptionalDouble utilisation,
    OptionalDouble powerWatts) {}
