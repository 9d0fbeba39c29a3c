package dev.attain.systemtests;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An OpenAI server on 127.0.0.1 that does what a test wants of it, good or bad: which answer a request gets depends on
 * how many came before it. One virtual thread for each connection.
 */
final class FakeServer implements AutoCloseable {
  static final String MODEL = "known-model";

  private static final Pattern MAX_TOKENS = Pattern.compile("\"max_tokens\":(\\d+)");
  private static final String MODELS = "{\"object\":\"list\",\"data\":[{\"id\":\"" + MODEL
      + "\",\"object\":\"model\"}]}";

  private final ServerSocket listening;
  private final IntFunction<Answer> script;
  private final AtomicInteger requests = new AtomicInteger();
  private volatile Optional<Supplier<String>> metrics = Optional.empty();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private FakeServer(ServerSocket listening, IntFunction<Answer> script) {
    this.listening = listening;
    this.script = script;
    Thread.ofVirtual().start(this::accept);
  }

  /** @param script the answer to request number 0, 1, 2... */
  static FakeServer start(IntFunction<Answer> script) {
    try {
      return new FakeServer(new ServerSocket(0, 1000, InetAddress.getLoopbackAddress()), script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static FakeServer start(Answer always) {
    return start(number -> always);
  }

  /** Gives it a metrics page. */
  FakeServer withMetrics(Supplier<String> page) {
    metrics = Optional.of(page);
    return this;
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort());
  }

  /** How many completions were asked for. */
  int requests() {
    return requests.get();
  }

  @Override
  public void close() {
    try {
      listening.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listening.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket socket) {
    open.add(socket);
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      while (true) {
        answer(line(in), body(in), new Wire(socket));
      }
    } catch (IOException | InterruptedException gone) {
      // The peer has left, or the answer was to hang up.
    } finally {
      open.remove(socket);
    }
  }

  private void answer(String requestLine, String body, Wire wire) throws IOException, InterruptedException {
    if (!requestLine.startsWith("POST")) {
      wire.whole(200, requestLine.startsWith("GET /metrics ") ? metrics.map(Supplier::get).orElse(MODELS) : MODELS);
      return;
    }
    Matcher tokens = MAX_TOKENS.matcher(body);
    int planned = tokens.find() ? Integer.parseInt(tokens.group(1)) : 1;
    script.apply(requests.getAndIncrement()).write(wire, planned);
  }

  private static String body(InputStream in) throws IOException {
    int length = 0;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Integer.parseInt(header.substring(15).strip());
      }
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException();
      }
      line.append((char) next);
    }
    return line.toString().strip();
  }
}
