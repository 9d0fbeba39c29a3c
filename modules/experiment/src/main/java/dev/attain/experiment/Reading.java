package dev.attain.experiment;

import com.typesafe.config.ConfigOrigin;
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
    Set<String> keysRead) {

  /** The place of a value; for a default, the file that should have said otherwise. */
  String place(ConfigOrigin origin) {
    var place = Place.of(origin);
    return place.startsWith(Reference.RESOURCE) ? file.toString() : place;
  }

  /** The same, but what is found wrong is dropped: for what follows from a problem that is named already. */
  Reading silent() {
    return new Reading(file, reference, environment, new Problems(), keysRead);
  }
}
