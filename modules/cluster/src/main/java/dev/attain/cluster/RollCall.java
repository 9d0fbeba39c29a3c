package dev.attain.cluster;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Who has been asked and has not answered yet. Owned by one actor; not thread-safe. */
final class RollCall {
  private final int expected;
  private final Set<String> missing;

  RollCall(Collection<String> names) {
    this.expected = names.size();
    this.missing = new LinkedHashSet<>(names);
  }

  /** Notes an answer (or that none will come any more); repeated and unexpected answers change nothing. */
  void heard(String name) {
    missing.remove(name);
  }

  /** Notes that nobody needs to be waited for any more. */
  void heardAll() {
    missing.clear();
  }

  boolean complete() {
    return missing.isEmpty();
  }

  List<String> missing() {
    return List.copyOf(missing);
  }

  /** "2 of 3 answered; still waiting for load-2", for the message of a passed deadline. */
  String describe() {
    return "%d of %d answered; still waiting for %s".formatted(expected - missing.size(), expected,
        String.join(", ", missing));
  }
}
