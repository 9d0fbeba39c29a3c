package dev.attain.experiment;

/** Who passes a request on from its prefill to its decode instance. */
public enum HandOver {
  /** The load node itself, in two calls. */
  CLIENT,
  /** A router in front of all instances: one call. */
  ROUTER,
  /** A sidecar beside each decode instance, as llm-d's: one call that names the prefill instance in a header. */
  SIDECAR
}
