package dev.attain.selftest;

/**
 * How a {@link KnownTruthServer} serves.
 *
 * @param host address to listen on: {@code 127.0.0.1}, or {@code 0.0.0.0} for clients on other machines
 * @param port 0 for any free one
 * @param threads event loops, at least 1; connections are dealt out to them in turn
 * @param spin whether a loop has a core to itself and may spin through the last moments before an instant
 * @param model the name that is listed and that answers carry
 * @param truth the delays
 */
public record ServerSettings(String host, int port, int threads, boolean spin, String model, Truth truth) {
  private static final int HIGHEST_PORT = 65_535;

  /** Refuses impossible values with {@link IllegalArgumentException}. */
  public ServerSettings {
    if (port < 0 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException("a port is from 0 (any) to " + HIGHEST_PORT + ", not " + port);
    }
    if (threads < 1) {
      throw new IllegalArgumentException("the server needs at least 1 thread, not " + threads);
    }
    if (!model.matches("[!#-\\[\\]-~]+")) {
      throw new IllegalArgumentException(
          "a model's name is printable ASCII without blanks, quotes and backslashes, unlike: " + model);
    }
  }
}
