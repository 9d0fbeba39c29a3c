package dev.attain.client;

import java.net.URI;
import java.util.List;

/**
 * The instances that serve a deployment. A base URI is {@code http} or {@code https}, with or without a trailing
 * {@code /v1}.
 *
 * <p>The instance of a request is a pure function of its index, so that load nodes need not talk to each other: request
 * {@code i} goes to colocated instance {@code i mod n}; or to prefill instance {@code i mod P} and decode instance
 * {@code (i div P) mod D}, which visits every pair within {@code P x D} consecutive requests.
 */
public sealed interface Target {
  /** Every instance does prefill and decode; one call a request. */
  record Colocated(List<URI> instances) implements Target {
    /** At least one instance, otherwise {@link IllegalArgumentException}. */
    public Colocated {
      instances = notEmpty(instances, "a colocated target needs at least one instance");
    }
  }

  /** Prefill and decode instances, joined by their own transfer of the KV cache; two calls a request. */
  record Disaggregated(List<URI> prefill, List<URI> decode) implements Target {
    /** At least one instance of each kind, otherwise {@link IllegalArgumentException}. */
    public Disaggregated {
      prefill = notEmpty(prefill, "a disaggregated target needs at least one prefill instance");
      decode = notEmpty(decode, "a disaggregated target needs at least one decode instance");
    }
  }

  private static List<URI> notEmpty(List<URI> instances, String otherwise) {
    if (instances.isEmpty()) {
      throw new IllegalArgumentException(otherwise);
    }
    return List.copyOf(instances);
  }
}
