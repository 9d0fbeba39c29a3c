package dev.attain.results;

/**
 * One GPU of an engine node's inventory.
 *
 * @param driver its version, empty when it is not known
 */
public record GpuFacts(String node, int index, String uuid, String name, long memoryBytes, String driver) {}
