package dev.attain.engines;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How to start an instance and where it then answers.
 *
 * @param command executable and arguments
 * @param environment variables to add to this JVM's own, sorted by name
 * @param baseUri what the paths of the OpenAI interface are appended to: {@code http://127.0.0.1:20017}
 * @param healthUri answers 200 once the instance is ready
 * @param versionUri answers with an object whose {@code version} is the engine's; empty for a kind that does not tell
 * @param sideChannel where it listens for instances of the other role; empty when it does not
 */
public record LaunchPlan(List<String> command, Map<String, String> environment, URI baseUri, URI healthUri,
    Optional<URI> versionUri, Optional<SideChannel> sideChannel) {
  private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  public LaunchPlan {
    command = List.copyOf(command);
    environment = Collections.unmodifiableMap(new TreeMap<>(environment));
  }

  /** The same instance, which tells its version at this path. */
  LaunchPlan tellingVersionAt(String path) {
    return new LaunchPlan(command, environment, baseUri, healthUri, Optional.of(baseUri.resolve(path)), sideChannel);
  }

  /** The same instance, which is ready only once it listens here too. */
  LaunchPlan listeningOn(SideChannel channel) {
    return new LaunchPlan(command, environment, baseUri, healthUri, versionUri, Optional.of(channel));
  }

  /** Variables and command as one line that a shell takes. */
  public String shellLine() {
    List<String> words = new ArrayList<>();
    environment.forEach((name, value) -> words.add(name + "=" + quoted(value)));
    command.forEach(argument -> words.add(quoted(argument)));
    return String.join(" ", words);
  }

  private static String quoted(String word) {
    return PLAIN_WORD.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
