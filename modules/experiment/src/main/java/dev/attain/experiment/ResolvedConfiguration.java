package dev.attain.experiment;

import java.nio.file.Path;

/**
 * What the experiment was read from, for the bundle's manifest.
 *
 * @param json every key that took part, with defaults, overrides and environment applied; an API key is there by the
 *     name of its variable only
 * @param source the configuration file as it was named
 */
public record ResolvedConfiguration(String json, Path source) {}
