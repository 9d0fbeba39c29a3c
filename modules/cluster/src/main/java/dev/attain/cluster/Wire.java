package dev.attain.cluster;

/** Marks what may travel between nodes; bound to {@link WireSerializer}, which knows every such class by a fixed id. */
interface Wire {}
