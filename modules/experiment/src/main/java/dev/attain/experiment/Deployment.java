package dev.attain.experiment;

import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A named set of instances that the experiment measures. */
public sealed interface Deployment {

  /** Unique in the experiment and fit to be a folder's name. */
  String name();

  /** GPUs of all instances together; 0 when nobody said, as an {@link External} deployment may. */
  int gpus();

  /**
   * {@code replicas} equal instances, each doing prefill and decode on {@code tensorParallel} GPUs.
   *
   * @param environment as in {@link Role}
   * @param node as in {@link Role}
   */
  record Colocated(String name, Engine engine, int replicas, int tensorParallel, Map<String, String> environment,
      Optional<String> node) implements Deployment {
    public Colocated {
      environment = sorted(environment);
    }

    @Override
    public int gpus() {
      return replicas * tensorParallel;
    }
  }

  /**
   * Prefill and decode on instances of their own; keys and values travel from the first to the second.
   *
   * @param router what hands over from prefill to decode; empty: the load nodes, in two calls
   */
  record Disaggregated(String name, Engine engine, Role prefill, Role decode,
      Optional<Router> router) implements Deployment {
    @Override
    public int gpus() {
      return prefill.gpus() + decode.gpus();
    }
  }

  /**
   * Engines that already serve and that nobody here starts or stops: {@code endpoints} alone, {@code prefill} and {@code
   * decode} together, or all three, the endpoints then being those of a router. Every URI is a base without {@code /v1}
   * and without a slash at its end.
   *
   * @param handOver {@link HandOver#ROUTER} exactly when all three are given; without meaning for endpoints alone
   */
  record External(String name, List<URI> endpoints, List<URI> prefill, List<URI> decode, int gpus,
      HandOver handOver) implements Deployment {
    public External {
      endpoints = List.copyOf(endpoints);
      prefill = List.copyOf(prefill);
      decode = List.copyOf(decode);
    }
  }

  /**
   * One side of a disaggregated deployment; {@code extraArguments} and {@code environment} go to the instances of this
   * side only.
   *
   * @param environment variables that win over those of the engine, sorted by name; {@code {index}} in a value stands
   * for the number of the instance within its role
   * @param node host name or address of the engine node that takes all of them; empty: whichever can
   */
  record Role(int instances, int tensorParallel, List<String> extraArguments, Map<String, String> environment,
      Optional<String> node) {
    public Role {
      extraArguments = List.copyOf(extraArguments);
      environment = sorted(environment);
    }

    public int gpus() {
      return instances * tensorParallel;
    }
  }

  private static Map<String, String> sorted(Map<String, String> variables) {
    return Collections.unmodifiableMap(new TreeMap<>(variables));
  }
}
