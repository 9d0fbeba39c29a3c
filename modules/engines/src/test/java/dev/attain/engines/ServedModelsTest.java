package dev.attain.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ServedModelsTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @Test
  void modelsAreNamedInTheirOrder() throws Exception {
    try (FakeEngine engine = new FakeEngine(0, 200, "{\"data\":[{\"id\":\"b\"},{\"id\":\"a\"}]}")) {
      assertThat(ServedModels.of(engine.base(), Optional.of("secret"), LIMIT)).containsExactly("b", "a");
      assertThat(ServedModels.of(URI.create(engine.base() + "/"), Optional.empty(), LIMIT)).containsExactly("b", "a");
    }
  }

  @Test
  void anAddressWhereNothingListensIsASentence() throws IOException {
    URI base = URI.create("http://127.0.0.1:" + Ports.free("127.0.0.1"));
    assertThatThrownBy(() -> ServedModels.of(base, Optional.empty(), LIMIT)).isInstanceOf(IOException.class)
        .hasMessage("cannot learn which models " + base + " serves: GET " + base
            + "/v1/models gives: connection refused or host not found; check the address, and that the server is up");
  }

  @Test
  void aServerThatNeverAnswersIsASentence() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      URI base = URI.create("http://127.0.0.1:" + silent.getLocalPort());
      assertThatThrownBy(() -> ServedModels.of(base, Optional.empty(), Duration.ofMillis(200)))
          .isInstanceOf(IOException.class).hasMessageContaining("/v1/models gives: ").hasMessageContaining("0.2 s");
    }
  }

  @Test
  void answersThatAreNoListOfModelsAreSentences() throws IOException {
    refused(404, "", "HTTP 404");
    refused(401, "", "HTTP 401, which asks for an API key");
    refused(200, "<html>", "an answer that is not JSON");
    refused(200, "{\"models\":[]}", "an answer without a list of models");
    refused(200, "", "an answer without a list of models");
    refused(200, "{\"data\":[]}", "the list of models is empty");
  }

  @Test
  void anAddressThatIsNoHttpAddressIsASentence() {
    assertThatThrownBy(() -> ServedModels.of(URI.create("localhost:8000"), Optional.empty(), LIMIT))
        .isInstanceOf(IOException.class).hasMessageStartingWith("cannot learn which models localhost:8000 serves");
  }

  private static void refused(int status, String body, String phrase) throws IOException {
    try (FakeEngine engine = new FakeEngine(0, status, body)) {
      assertThatThrownBy(() -> ServedModels.of(engine.base(), Optional.empty(), LIMIT)).isInstanceOf(IOException.class)
          .hasMessageContaining("/v1/models gives: " + phrase + ";");
    }
  }
}
