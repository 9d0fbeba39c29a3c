package dev.attain.experiment;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * What all sections of one reading share.
 *
 * @param file the configuration file, as it was named
 * @param environment the variables of the environment; only their names may reach a record
 * @param keysRead grows with every key that is looked at, as the reference names it
 */
record Reading(Path file, Reference reference, Map<String, String> environment, Problems problems,
    Set<String> keysRead) {}
