package dev.attain.cluster;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.cluster.typed.Cluster;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Starts an actor system that is a node of attain: its roles, its address, and whom it joins. */
final class NodeSystem {
  static final String NAME = "attain";

  private NodeSystem() {}

  /**
   * @param host the address to bind and to be known by
   * @param port 0 for any free port
   * @param seed {@code host:port} of the coordinator; empty when this node is the coordinator and joins itself
   */
  static <T> ActorSystem<T> start(Behavior<T> guardian, List<NodeRole> roles, String host, int port,
      Optional<String> seed) {
    return ActorSystem.create(guardian, NAME, configuration(roles, host, port, seed));
  }

  /** {@code host:port} of this node, as others name it when they join. */
  static String hostAndPort(ActorSystem<?> system) {
    return hostAndPort(system.address().toString());
  }

  /** The same of an actor system's address. */
  static String hostAndPort(String address) {
    return address.replaceFirst("^.*@", "");
  }

  /** What a configuration may call this node: its address alone and with its port, and the name of its host. */
  static List<String> calls(ActorSystem<?> system) {
    return List.of(system.address().getHost().orElse(""), hostAndPort(system), NodeFacts.hostName()).stream()
        .distinct().toList();
  }

  /** The roles that a node was started with, in order of their names. */
  static List<String> roles(ActorSystem<?> system) {
    return Cluster.get(system).selfMember().getRoles().stream().filter(role -> !role.startsWith("dc-")).sorted()
        .toList();
  }

  static Config configuration(List<NodeRole> roles, String host, int port, Optional<String> seed) {
    Map<String, Object> own = new HashMap<>();
    own.put("akka.remote.artery.canonical.hostname", host);
    own.put("akka.remote.artery.canonical.port", port);
    own.put("akka.cluster.roles",
        roles.stream().map(NodeRole::lowerName).collect(Collectors.toList()));
    seed.ifPresent(address -> own.put("akka.cluster.seed-nodes", List.of("akka://" + NAME + "@" + address)));
    return ConfigFactory.parseMap(own)
        .withFallback(ConfigFactory.parseResources("attain-cluster.conf"))
        .withFallback(ConfigFactory.defaultReference())
        .resolve();
  }
}
