package dev.attain.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.attain.experiment.ConfigurationException;
import dev.attain.experiment.Experiment;
import dev.attain.experiment.ExperimentReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointsTest {
  @TempDir
  Path folder;
  private HttpServer router;
  private HttpServer instance;

  @BeforeEach
  void start() throws IOException {
    router = server();
    instance = server();
    instance.createContext("/v1/models", exchange -> {
      byte[] body = "{\"data\":[{\"id\":\"served\"}]}".getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
  }

  @AfterEach
  void stop() {
    router.stop(0);
    instance.stop(0);
  }

  private static HttpServer server() throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    return server;
  }

  private static String address(HttpServer server) {
    return "\"http://127.0.0.1:" + server.getAddress().getPort() + "\"";
  }

  private Experiment experiment(String deployment) throws IOException, ConfigurationException {
    Path file = Files.writeString(folder.resolve("x.conf"), """
      load { rates = 1, requests = 1 }
      slo { ttft = 500 ms, tpot = 30 ms }
      deployments = [{ name = e, kind = external, %s }]
      """.formatted(deployment));
    return ExperimentReader.read(file, Map.of(), Map.of());
  }

  @Test
  void anInstanceSaysWhichModelIsServedWhereTheRouterCannot() throws Exception {
    Experiment routed = experiment("endpoints = %s, prefill = %s, decode = \"http://localhost:%d\"".formatted(
        address(router), address(instance), instance.getAddress().getPort()));

    assertThat(Endpoints.resolve(routed).model().name()).isEqualTo("served");
  }

  @Test
  void aRouterThatDoesNotListenIsNamedBeforeAnythingStarts() throws Exception {
    Experiment routed = experiment("endpoints = \"http://127.0.0.1:1\", prefill = %s, decode = \"http://localhost:%d\""
        .formatted(address(instance), instance.getAddress().getPort()));

    assertThatThrownBy(() -> Endpoints.resolve(routed)).isInstanceOf(IOException.class)
        .hasMessageStartingWith("nothing answers at http://127.0.0.1:1 (");
  }
}
