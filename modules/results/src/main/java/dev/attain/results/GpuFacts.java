package dev.attain.results;

/** One GPU of a node's inventory. */
public record GpuFacts(String node, int index, String name, long memoryBytes, String driver) {}
