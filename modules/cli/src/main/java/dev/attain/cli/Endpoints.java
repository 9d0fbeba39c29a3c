package dev.attain.cli;

import dev.attain.engines.ServedModels;
import dev.attain.experiment.Deployment;
import dev.attain.experiment.Experiment;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Asks deployments that already serve, before anything is started, whether they are there and what they serve. */
final class Endpoints {
  private Endpoints() {}

  /**
   * The experiment under the model name that its requests must carry.
   *
   * @throws IOException when an endpoint does not answer; the message is a sentence for the user
   */
  static Experiment resolve(Experiment experiment) throws IOException {
    List<URI> endpoints = experiment.deployments().stream().flatMap(Endpoints::addresses).distinct().toList();
    Duration patience = experiment.requests().connectTimeout();
    for (URI endpoint : endpoints) {
      requireListening(endpoint, patience);
    }
    if (!experiment.model().nameFromEngine() || endpoints.isEmpty()) {
      return experiment;
    }
    Optional<String> token = experiment.requests().apiKey(System.getenv());
    try {
      return experiment.servedAs(ServedModels.of(endpoints.getFirst(), token, patience).getFirst());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while asking " + endpoints.getFirst() + " for its models", e);
    }
  }

  /** Instances first: not every router can say which model it serves. */
  private static Stream<URI> addresses(Deployment deployment) {
    return deployment instanceof Deployment.External external
        ? Stream.of(external.prefill(), external.decode(), external.endpoints()).flatMap(List::stream)
        : Stream.empty();
  }

  private static void requireListening(URI endpoint, Duration patience) throws IOException {
    int port = endpoint.getPort() >= 0 ? endpoint.getPort() : endpoint.getScheme().equals("https") ? 443 : 80;
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(endpoint.getHost(), port), Math.toIntExact(patience.toMillis()));
    } catch (IOException e) {
      throw new IOException("nothing answers at %s (%s); start the server there or name another address".formatted(
          endpoint, e.getMessage()), e);
    }
  }
}
