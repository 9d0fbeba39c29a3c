package dev.attain.cluster;

import dev.attain.engines.EngineVersion;
import dev.attain.measurement.NanoClock;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the coordinator knows of the instances of one deployment, and of its router. Owned by one actor. */
final class Roster {
  private final NanoClock clock;
  private final Map<String, StartStatus> states = new LinkedHashMap<>();
  private final Map<String, URI> baseUris = new HashMap<>();
  private final Map<String, String> versions = new TreeMap<>();

  Roster(NanoClock clock) {
    this.clock = clock;
  }

  /** Begins with another deployment. */
  void clear() {
    states.clear();
    baseUris.clear();
    versions.clear();
  }

  /** Somebody who has to come up. */
  void expect(String id) {
    states.put(id, StartStatus.waiting(clock.nanos()));
  }

  void reached(EngineProtocol.InstanceState state) {
    states.computeIfPresent(state.id(), (id, status) -> status.reached(state, clock.nanos()));
  }

  void up(String id, URI baseUri, String version) {
    states.computeIfPresent(id, (same, status) -> status.up());
    baseUris.put(id, baseUri);
    versions.put(id, version);
  }

  void down(String id) {
    states.computeIfPresent(id, (same, status) -> status.down());
  }

  boolean allUp() {
    return states.values().stream().allMatch(StartStatus::ready);
  }

  /** By id, of those that have come up. */
  Map<String, URI> baseUris() {
    return Map.copyOf(baseUris);
  }

  /** Why they cannot work together; empty when nothing is known against it. */
  Optional<String> versionMismatch() {
    return EngineVersion.mismatch(versions);
  }

  RunEvent.EnginesStarting progress() {
    long now = clock.nanos();
    return new RunEvent.EnginesStarting(
        states.entrySet().stream().map(entry -> entry.getValue().shown(entry.getKey(), now)).toList());
  }

  /** "prefill-0 is ready, decode-0 is loading", for the message of a passed deadline. */
  String describe() {
    return states.entrySet().stream().map(entry -> entry.getKey() + " is " + entry.getValue().describe())
        .collect(Collectors.joining(", "));
  }
}
