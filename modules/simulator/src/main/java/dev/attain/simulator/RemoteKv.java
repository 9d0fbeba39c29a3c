package dev.attain.simulator;

/** Where a prompt's KV waits: the prefill instance, its side channel, and its name for the request. */
record RemoteKv(String engineId, String requestId, String host, int port) {}
