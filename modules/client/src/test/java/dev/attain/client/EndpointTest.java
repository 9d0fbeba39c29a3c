package dev.attain.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EndpointTest {
  private static Endpoint of(String uri) {
    return Endpoint.of(0, URI.create(uri), false, Driver.settings());
  }

  private static String requestLine(String uri) {
    String head = new String(of(uri).head(), StandardCharsets.US_ASCII);
    return head.substring(0, head.indexOf('\r'));
  }

  @Test
  void localhostIsReachedThroughIpv4() {
    assertThat(of("http://localhost:8000").address().getAddress()).isInstanceOf(Inet4Address.class);
  }

  @Test
  void theVersionMayBePartOfTheBaseOrNot() {
    assertThat(requestLine("http://127.0.0.1:8000")).isEqualTo("POST /v1/completions HTTP/1.1");
    assertThat(requestLine("http://127.0.0.1:8000/v1/")).isEqualTo("POST /v1/completions HTTP/1.1");
    assertThat(requestLine("http://127.0.0.1:8000/proxy")).isEqualTo("POST /proxy/v1/completions HTTP/1.1");
  }

  @Test
  void theSchemeDecidesPortAndEncryption() {
    assertThat(of("http://127.0.0.1").name()).isEqualTo("127.0.0.1:80");
    assertThat(of("HTTPS://127.0.0.1").name()).isEqualTo("127.0.0.1:443");
    assertThat(of("https://127.0.0.1").tls()).isTrue();
    assertThat(of("http://127.0.0.1").tls()).isFalse();
  }
}
