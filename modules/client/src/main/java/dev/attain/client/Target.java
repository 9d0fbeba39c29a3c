package dev.attain.client;

import java.net.URI;
import java.util.List;

/**
 * The instances that serve a deployment. A base URI is {@code http} or {@code https}, with or without a trailing
 * {@code /v1}.
 *
 * <p>The instance of a request is a pure function of its index, so that load nodes need not talk to each other: request
 * {@code i} goes to colocated instance or router {@code i mod n}; or to prefill instance {@code i mod P} and decode
 * instance {@code (i div P) mod D}, which visits every pair within {@code P x D} consecutive requests.
 */
public sealed interface Target {
  /** Every instance does prefill and decode; one call a request. */
  record Colocated(List<URI> instances) implements Target {
    /** At least one instance, otherwise {@link IllegalArgumentException}. */
    public Colocated {
      instances = notEmpty(instances, "a colocated target needs at least one instance");
    }
  }

  /** Prefill and decode on instances of their own; whoever joins them, the transfer of the KV cache needs proof. */
  sealed interface Split extends Target {
    /** At least one. */
    List<URI> prefill();

    /** At least one. */
    List<URI> decode();
  }

  /** The client itself hands over: two calls a request. */
  record Disaggregated(List<URI> prefill, List<URI> decode) implements Split {
    /** At least one instance of each kind, otherwise {@link IllegalArgumentException}. */
    public Disaggregated {
      prefill = notEmpty(prefill, "a disaggregated target needs at least one prefill instance");
      decode = notEmpty(decode, "a disaggregated target needs at least one decode instance");
    }
  }

  /**
   * A router hands over: one call a request, to {@code endpoints} only. Which instances behind them serve a request is
   * the router's own choice; they are named because their counters prove the transfer.
   */
  record Routed(List<URI> endpoints, List<URI> prefill, List<URI> decode) implements Split {
    /** At least one of each, otherwise {@link IllegalArgumentException}. */
    public Routed {
      endpoints = notEmpty(endpoints, "a routed target needs at least one endpoint");
      prefill = notEmpty(prefill, "a routed target needs at least one prefill instance");
      decode = notEmpty(decode, "a routed target needs at least one decode instance");
    }
  }

  /**
   * A sidecar beside each decode instance hands over, as llm-d's does: one call a request, to the decode address, which
   * is the sidecar's; a header names the prefill instance.
   */
  record Sidecars(List<URI> prefill, List<URI> decode) implements Split {
    /** At least one instance of each kind, otherwise {@link IllegalArgumentException}. */
    public Sidecars {
      prefill = notEmpty(prefill, "a target of sidecars needs at least one prefill instance");
      decode = notEmpty(decode, "a target of sidecars needs at least one decode instance");
    }
  }

  private static List<URI> notEmpty(List<URI> instances, String otherwise) {
    if (instances.isEmpty()) {
      throw new IllegalArgumentException(otherwise);
    }
    return List.copyOf(instances);
  }
}
