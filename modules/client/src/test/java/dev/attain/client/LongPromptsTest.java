package dev.attain.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.measurement.NanoClock;
import dev.attain.measurement.Outcome;
import dev.attain.measurement.RequestRecord;
import dev.attain.workload.LengthDistribution;
import dev.attain.workload.ModelLimits;
import dev.attain.workload.PromptForm;
import dev.attain.workload.ShapeSource;
import dev.attain.workload.Workload;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Long prompts on one event loop with other streams. Asserted by the order of events, not by how long they take. */
class LongPromptsTest {
  private static final int TOKENS = 40;

  /** Accepts connections with the smallest window there is, and reads no body until it is let. */
  private static final class HesitantServer implements AutoCloseable {
    private final ServerSocket listening = new ServerSocket();
    private final CountDownLatch reads = new CountDownLatch(1);
    private final CountDownLatch headsSeen;

    HesitantServer(int requests) throws IOException {
      headsSeen = new CountDownLatch(requests);
      listening.setReceiveBufferSize(4096);
      listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      Thread.ofVirtual().start(this::accept);
    }

    URI uri() {
      return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }

    private void accept() {
      try {
        while (true) {
          Socket socket = listening.accept();
          Thread.ofVirtual().start(() -> serve(socket));
        }
      } catch (IOException e) {
        // Closed: the test is over.
      }
    }

    private void serve(Socket socket) {
      try (socket;
          BufferedReader in = new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII), 256)) {
        int length = 0;
        for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
          if (line.startsWith("Content-Length: ")) {
            length = Integer.parseInt(line.substring(16));
          }
        }
        headsSeen.countDown();
        reads.await();
        for (long left = length; left > 0;) {
          long skipped = in.skip(left);
          left = skipped == 0 ? 0 : left - skipped;
        }
        new Wire(socket).completion(TOKENS);
      } catch (IOException | InterruptedException e) {
        // The client has gone, and its side of the test says why.
      }
    }

    @Override
    public void close() throws IOException {
      listening.close();
    }
  }

  private static Workload workload(int promptTokens) {
    return Workload.of(new ShapeSource.Independent(new LengthDistribution.Fixed(promptTokens),
        new LengthDistribution.Fixed(TOKENS)), PromptForm.TOKEN_IDS, new ModelLimits(1_000_000, 32_000), 1);
  }

  /** 200 KiB each, and 5 MB, which no socket takes at once: the loop must then come back to it. */
  @ParameterizedTest
  @CsvSource({"8, 32000, false", "2, 900000, true"})
  void promptsThatTheServerDoesNotReadYetHoldUpNoOtherStreamOfTheirLoop(int requests, int promptTokens,
      boolean inPieces) throws Exception {
    CountDownLatch mayStream = new CountDownLatch(1);
    try (HesitantServer hesitant = new HesitantServer(requests);
        ScriptedServer other = ScriptedServer.start((request, wire) -> {
          wire.streamHead();
          wire.token(false);
          mayStream.await();
          wire.tokens(TOKENS - 1, true);
          wire.usage(TOKENS);
          wire.done();
          wire.lastChunk();
        });
        LoadClient client = LoadClient.open(Driver.settings(),
            new Target.Colocated(List.of(hesitant.uri(), other.uri())),
            NanoClock.system())) {
      LoadRun run = client.prepare(Driver.every(Duration.ofMillis(1), 2 * requests), workload(promptTokens), "n",
          Driver.SLO);
      run.start(System.nanoTime());

      // All bodies are under way, and none of those to the hesitant server can end, when the other streams flow.
      assertThat(hesitant.headsSeen.await(20, TimeUnit.SECONDS)).as("every long request has begun to arrive").isTrue();
      mayStream.countDown();
      List<RequestRecord> whileHeldUp = taken(run, requests);
      hesitant.reads.countDown();
      List<RequestRecord> afterwards = taken(run, requests);

      assertThat(whileHeldUp).allSatisfy(request -> {
        assertThat(request.outcome()).as(request.reason()).isEqualTo(Outcome.COMPLETED);
        assertThat(request.decodeInstance()).isOne();
        assertThat(request.tokenEvents()).isEqualTo(TOKENS);
      });
      long lastToken = whileHeldUp.stream().mapToLong(RequestRecord::lastTokenNanos).max().orElseThrow();
      assertThat(afterwards).allSatisfy(request -> {
        assertThat(request.outcome()).as(request.reason()).isEqualTo(Outcome.COMPLETED);
        assertThat(request.decodeInstance()).isZero();
        assertThat(request.sentNanos()).isLessThan(lastToken);
        if (inPieces) {
          assertThat(request.sending().writtenNanos()).as("written to its end").isGreaterThan(lastToken);
        }
      });
    }
  }

  /** So many finished requests, within 20 s. */
  private static List<RequestRecord> taken(LoadRun run, int requests) {
    List<RequestRecord> all = new ArrayList<>();
    for (int round = 0; round < 4000 && all.size() < requests; round++) {
      Wire.pause(5);
      all.addAll(run.takeFinished());
    }
    assertThat(all).hasSize(requests);
    return all;
  }
}
