package dev.attain.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.measurement.NanoClock;
import dev.attain.measurement.Outcome;
import dev.attain.sockets.Transport;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir
  private static Path folder;
  private static KeyStore keys;

  @BeforeAll
  static void makeACertificateOfOurOwn() throws Exception {
    Path file = folder.resolve("keys.p12");
    Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=attain test", "-ext", "san=ip:127.0.0.1",
        "-storetype", "PKCS12", "-storepass", new String(PASSWORD), "-keystore", file.toString())
        .redirectErrorStream(true).redirectOutput(folder.resolve("keytool.log").toFile()).start();
    assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).as("keytool ended").isTrue();
    keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
  }

  private static ScriptedServer server() throws Exception {
    KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    ServerSocketFactory sockets = context.getServerSocketFactory();
    return ScriptedServer.start(sockets, "https", (request, wire) -> wire.completion(request.maxTokens()));
  }

  @Test
  void aTrustedServerIsMeasured() throws Exception {
    X509Certificate trusted = (X509Certificate) keys.getCertificate("server");
    try (ScriptedServer server = server();
        LoadClient client = LoadClient.open(Driver.settings(),
            Driver.colocated(server), NanoClock.system(),
            Transport.Netty.best(SslContextBuilder.forClient().trustManager(trusted).build()))) {
      LoadRun run = client.prepare(Driver.every(Duration.ofMillis(5), 10), Driver.workload(2000, 4), "nonce",
          Driver.SLO);
      run.start(System.nanoTime());
      Driver.Finished finished = Driver.finish(run);

      assertThat(finished.counts().completed()).as("%s", finished.reasons()).isEqualTo(10);
      assertThat(finished.records()).allSatisfy(
          request -> assertThat(List.of(request.sentNanos(), request.sending().writtenNanos(), request.firstByteNanos(),
              request.firstTokenNanos())).isSorted());
    }
  }

  @Test
  void anUntrustedServerIsAFailureThatSaysWhy() throws Exception {
    try (ScriptedServer server = server()) {
      Driver.Finished run = Driver.run(Driver.settings(), Driver.colocated(server), Driver.every(Duration.ZERO, 1),
          Driver.workload(5, 4));

      assertThat(run.outcomes()).containsExactly(Outcome.FAILED);
      assertThat(run.reasons().getFirst()).startsWith("connection failed: ").contains("PKIX");
    }
  }
}
