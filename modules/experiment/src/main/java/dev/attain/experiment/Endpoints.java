package dev.attain.experiment;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Reads base URLs of engines that already serve. */
final class Endpoints {
  private Endpoints() {}

  /** Bases without {@code /v1} and without a slash at the end; those with a problem are left out. */
  static List<URI> read(Setting setting) {
    var endpoints = new ArrayList<URI>();
    var seen = new HashSet<URI>();
    for (var each : setting.elements()) {
      base(each).ifPresent(uri -> {
        if (!seen.add(uri)) {
          each.problem(uri + " is there twice; write each endpoint once");
        }
        each.resolve(uri.toString());
        endpoints.add(uri);
      });
    }
    return endpoints;
  }

  private static Optional<URI> base(Setting setting) {
    var written = setting.written().trim();
    try {
      var uri = new URI(written.replaceFirst("/+$", "").replaceFirst("/v1$", "").replaceFirst("/+$", ""));
      if (uri.getUserInfo() != null) {
        // The text holds a secret, so the sentence does not repeat it.
        setting.problem("carries a user and a password; leave them out and name the variable that holds a key in"
            + " requests.api-key-variable");
        return Optional.empty();
      }
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (web && uri.getHost() != null && uri.getQuery() == null && uri.getFragment() == null) {
        return Optional.of(uri);
      }
    } catch (URISyntaxException e) {
      // Said below, in the same words as for a URL of another shape.
    }
    setting.problem((written.isEmpty() ? "an empty text" : written)
        + " is not the base URL of an engine; write for example http://127.0.0.1:8000");
    return Optional.empty();
  }
}
