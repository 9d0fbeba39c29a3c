package dev.attain.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** Configuration files of the tests. */
final class Experiments {
  /** A small, quick experiment; a later line wins, so a test adds what it is about. */
  private static final String COMMON = """
    model.name = qwen3-0.6b
    workload { prompt-tokens = 64, output-tokens = 16 }
    load { rates = 20, duration = 3 s }
    slo { ttft = 500 ms, tpot = 100 ms, target = 90 }
    nodes.heap = 128 MiB
    requests.drain = 10 s
    deadlines { nodes-join = 2 min, engines-ready = 2 min, warm-up = 1 min, arm = 1 min }
    # Whether this machine can keep time is not the question.
    validity {
      send-lag-floor = 60 s, start-skew = 60 s, clock-bound = 60 s, event-loop-percent = 99, gc-pause = 60 s
      event-loop-lag = 60 s, scheduler-delay-percent = 99, stall = 60 s, receive-drops = 1000000
    }
    """;

  private Experiments() {}

  /** Writes {@code NAME.conf} into a folder. */
  static Path write(Path folder, String name, String text) {
    return writeAlone(folder, name, COMMON + text);
  }

  /** As {@link #write}, without the common part. */
  static Path writeAlone(Path folder, String name, String text) {
    try {
      return Files.writeString(folder.resolve(name + ".conf"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The line for deployments that already serve, by name. */
  static String external(Map<String, URI> servers) {
    return servers.entrySet().stream()
        .map(server -> "{ name = %s, kind = external, endpoints = \"%s\" }".formatted(server.getKey(),
            server.getValue()))
        .collect(Collectors.joining("\n  ", "deployments = [\n  ", "\n]\n"));
  }
}
