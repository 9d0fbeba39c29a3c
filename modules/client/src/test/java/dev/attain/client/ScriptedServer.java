package dev.attain.client;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/** An HTTP server on 127.0.0.1 whose answers a test writes by hand; one virtual thread for each connection. */
final class ScriptedServer implements AutoCloseable {
  /** Answers one request. An exception closes the connection. */
  interface Script {
    void answer(Request request, Wire wire) throws IOException, InterruptedException;
  }

  /**
   * @param connection number of the connection, from 0 in the order of accepting
   * @param onConnection number of the request on its connection, from 0
   */
  record Request(int connection, int onConnection, String line, Map<String, String> headers, String body) {
    int maxTokens() {
      return Integer.parseInt(body.replaceAll("(?s).*\"max_tokens\":(\\d+).*", "$1"));
    }
  }

  private final ServerSocket listening;
  private final Script script;
  private final String scheme;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Map<Integer, Socket> open = new ConcurrentHashMap<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger closedByPeer = new AtomicInteger();

  private ScriptedServer(ServerSocket listening, String scheme, Script script) {
    this.listening = listening;
    this.script = script;
    this.scheme = scheme;
    Thread.ofVirtual().start(this::accept);
  }

  static ScriptedServer start(Script script) {
    return start(ServerSocketFactory.getDefault(), "http", script);
  }

  static ScriptedServer start(ServerSocketFactory sockets, String scheme, Script script) {
    try {
      return new ScriptedServer(sockets.createServerSocket(0, 1000, InetAddress.getLoopbackAddress()), scheme, script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI uri() {
    return URI.create(scheme + "://127.0.0.1:" + listening.getLocalPort());
  }

  int port() {
    return listening.getLocalPort();
  }

  List<Request> requests() {
    return List.copyOf(requests);
  }

  int connections() {
    return connections.get();
  }

  /** How many connections the client has closed. */
  int closedByPeer() {
    return closedByPeer.get();
  }

  /** Closes all connections from this side; further ones are accepted. */
  void hangUp() throws IOException {
    for (Socket socket : open.values()) {
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    hangUp();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listening.accept();
        int number = connections.getAndIncrement();
        open.put(number, socket);
        Thread.ofVirtual().start(() -> serve(socket, number));
      }
    } catch (IOException e) {
      // Closed: the test is over.
    }
  }

  private void serve(Socket socket, int connection) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      Wire wire = new Wire(socket);
      for (int number = 0;; number++) {
        String line = line(in);
        if (line.isEmpty()) {
          closedByPeer.incrementAndGet();
          return;
        }
        Request request = request(in, connection, number, line);
        requests.add(request);
        script.answer(request, wire);
      }
    } catch (IOException | InterruptedException e) {
      if (!socket.isClosed()) {
        closedByPeer.incrementAndGet();
      }
    } finally {
      open.remove(connection);
    }
  }

  private static Request request(InputStream in, int connection, int number, String line) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      int colon = header.indexOf(':');
      headers.put(header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
    }
    byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    return new Request(connection, number, line, headers, new String(body, StandardCharsets.UTF_8));
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.append((char) next);
    }
    return line.toString().strip();
  }
}
