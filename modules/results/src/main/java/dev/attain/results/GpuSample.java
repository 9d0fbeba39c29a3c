package dev.attain.results;

import java.util.OptionalDouble;

/**
 * What nvidia-smi said of a GPU at one moment; what the driver does not tell is {@code null} in the file.
 *
 * @param t seconds since the point's start, to about a second
 * @param utilisation share of the time in which something ran on it, 0 to 1
 */
public record GpuSample(double t, OptionalDouble memoryUsedMebibytes, OptionalDouble utilisation,
    OptionalDouble powerWatts) {}
