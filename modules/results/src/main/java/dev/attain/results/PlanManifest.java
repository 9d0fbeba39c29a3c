package dev.attain.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * What a plan's bundle is and how it came to be, written as its {@code manifest.json}: component names are the names in
 * the file.
 *
 * @param kind {@code plan}; the manifest of a run has none
 * @param complete false from the first second on, true once everything is written
 * @param incompleteReason why it will never be complete; empty when it is, or when the program was killed
 * @param deployments how many were asked for
 * @param configuration with all defaults and overrides filled in
 */
public record PlanManifest(int schemaVersion, String kind, boolean complete, String incompleteReason, String name,
    String dataset, String model, String workload, String arrivals, long seed, Instant startedAt,
    Optional<Instant> finishedAt, Objectives objectives, Provenance provenance, int deployments,
    String configurationFile, JsonNode configuration) {}
