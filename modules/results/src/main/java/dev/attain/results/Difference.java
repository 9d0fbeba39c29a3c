package dev.attain.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Where two documents first differ.
 *
 * @param path of the field, with dots
 * @param before what the first one says, {@code nothing} when it does not have it
 * @param after likewise of the second one
 */
record Difference(String path, String before, String after) {

  /** Fields in the order of their names; empty when the documents say the same. */
  static Optional<Difference> of(JsonNode before, JsonNode after) {
    return of("", before, after);
  }

  String words() {
    return path + " was " + before + " and is now " + after;
  }

  private static Optional<Difference> of(String path, JsonNode before, JsonNode after) {
    if (before.isObject() && after.isObject()) {
      var names = new TreeSet<String>();
      before.fieldNames().forEachRemaining(names::add);
      after.fieldNames().forEachRemaining(names::add);
      return names.stream().flatMap(name -> of(path.isEmpty() ? name : path + "." + name, before.path(name),
          after.path(name)).stream()).findFirst();
    }
    if (before.isArray() && after.isArray() && before.size() == after.size()) {
      for (int index = 0; index < before.size(); index++) {
        var found = of(path + "." + name(before.get(index), index), before.get(index), after.get(index));
        if (found.isPresent()) {
          return found;
        }
      }
      return Optional.empty();
    }
    // As text: a number that went through a file may come back as another type of the same value.
    return text(before).equals(text(after))
        ? Optional.empty()
        : Optional.of(new Difference(path, text(before), text(after)));
  }

  private static String name(JsonNode element, int index) {
    return element.path("name").asText(String.valueOf(index));
  }

  private static String text(JsonNode value) {
    return value.isMissingNode() ? "nothing" : value.isValueNode() ? value.asText() : value.toString();
  }
}
