package dev.attain.experiment;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Gathers what is wrong while reading goes on with stand-in values, so that one run names everything. Not
 * thread-safe.
 */
final class Problems {
  private final Set<String> sentences = new LinkedHashSet<>();

  /**
   * @param place as {@link Place} gives it
   * @param key the full key
   * @param what what is wrong and what would be right
   */
  void add(String place, String key, String what) {
    // An override is named by its key already.
    var prefix = place.equals(Place.OVERRIDE + key) ? place : place + ": " + key;
    sentences.add(prefix + ": " + what);
  }

  void add(String place, String what) {
    sentences.add(place + ": " + what);
  }

  boolean any() {
    return !sentences.isEmpty();
  }

  void throwIfAny() throws ConfigurationException {
    if (any()) {
      throw new ConfigurationException(List.copyOf(sentences));
    }
  }
}
