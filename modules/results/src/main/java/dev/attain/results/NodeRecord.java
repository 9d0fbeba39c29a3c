package dev.attain.results;

import dev.attain.measurement.RequestRecord;

/** One request and the load node that sent it. */
public record NodeRecord(String node, RequestRecord record) {}
