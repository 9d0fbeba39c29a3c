package dev.attain.cluster;

import dev.attain.client.BodyField;
import dev.attain.client.ClientSettings;
import dev.attain.client.ConnectionsAhead;
import dev.attain.client.Dialect;
import dev.attain.experiment.RequestPolicy;
import java.time.Duration;
import java.util.stream.Collectors;

/** A load node's part in a run. */
record Enlistment(String run, String node, Duration lease, Definition definition, SharePlanner planner) {
  /** The secret, if any, is read from this node's own environment and goes nowhere else. */
  ClientSettings clientSettings(String deployment) {
    RequestPolicy policy = definition.requests();
    return new ClientSettings(Dialect.valueOf(policy.dialect().name()), definition.model().name(),
        policy.connectTimeout(), policy.firstByteTimeout(), policy.totalTimeout(), policy.eventLoops(),
        policy.apiKey(System.getenv()),
        policy.maxInFlight(), definition.bodyFields().get(deployment).stream()
            .map(field -> BodyField.valueOf(field.name())).collect(Collectors.toSet()),
        new ConnectionsAhead(policy.connectionsAhead()));
  }
}
