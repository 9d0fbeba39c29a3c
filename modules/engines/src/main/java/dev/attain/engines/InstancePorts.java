package dev.attain.engines;

/**
 * The ports of one instance, all on the address it listens on.
 *
 * @param http of its OpenAI interface
 * @param sideChannel where prefill and decode instances exchange how to reach each other's memory; not used by
 * colocated ones
 * @param firstInternal the first of a window of ports that its own processes talk to each other on
 */
public record InstancePorts(int http, int sideChannel, int firstInternal) {}
