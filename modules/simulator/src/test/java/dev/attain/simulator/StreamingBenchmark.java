package dev.attain.simulator;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Not a test: how many tokens a second one simulator streams from one core, how late against their deadlines, and at
 * which cost. The simulator runs as a process pinned to core 0; this process reads its streams and should be pinned to
 * another. Arguments: streams (500), then step times in milliseconds (25 19). Properties: {@code seconds} for each step
 * time (8), {@code output.us} as in {@code --sim-output-us} (35, with which no more than 28,571 tokens a second can
 * leave).
 *
 * <p>
 * Lateness is taken after each token's write to its socket: while all streams run, and from the first to the last token,
 * when 500 connections also begin and end at once.
 */
public final class StreamingBenchmark {

  private static final int SECONDS = Integer.getInteger("seconds", 8);
  private static final int SECONDS_TO_SETTLE = 2;
  private static final String OUTPUT_MICROS = System.getProperty("output.us", "35");
  private static final String HOST = "127.0.0.1";

  private StreamingBenchmark() {}

  /** Runs the benchmark and prints a line for each step time. */
  public static void main(String[] arguments) throws Exception {
    int streams = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 500;
    List<String> steps = arguments.length > 1
        ? List.of(arguments).subList(1, arguments.length)
        : List.of("25", "19");
    System.out.println("streams  step ms  tokens/s  core share  us CPU/token  lateness p50/p99/p99.9 below ms  "
        + "start and end included");
    for (String step : steps) {
      measure(streams, Double.parseDouble(step));
    }
  }

  private static void measure(int streams, double stepMillis) throws Exception {
    int port = freePort();
    Process server = start(port, stepMillis);
    try {
      awaitReady(port);
      read(port, streams, (int) (SECONDS * 1000 / stepMillis));
      String first = metrics(port);
      Thread reader = reader(port, streams, (int) ((SECONDS + 2 * SECONDS_TO_SETTLE) * 1000 / stepMillis));
      Thread.sleep(Duration.ofSeconds(SECONDS_TO_SETTLE));
      String before = metrics(port);
      Duration cpuBefore = server.info().totalCpuDuration().orElseThrow();
      long start = System.nanoTime();
      Thread.sleep(Duration.ofSeconds(SECONDS));
      String after = metrics(port);
      double seconds = (System.nanoTime() - start) / 1e9;
      Duration cpu = server.info().totalCpuDuration().orElseThrow().minus(cpuBefore);
      reader.join();
      double count = written(after) - written(before);
      System.out
          .println(String.format(Locale.ROOT, "%7d  %7.1f  %8.0f  %10.2f  %12.1f  %33s  %22s", streams, stepMillis,
              count / seconds, cpu.toNanos() / 1e9 / seconds, cpu.toNanos() / 1e3 / count, lateness(before, after),
              lateness(first, metrics(port))));
    } finally {
      server.destroy();
    }
  }

  private static Process start(int port, double stepMillis) throws IOException {
    List<String> command = new ArrayList<>();
    if (new File("/usr/bin/taskset").exists()) {
      command.addAll(List.of("taskset", "-c", "0"));
    }
    command.addAll(List.of(ProcessHandle.current().info().command().orElseThrow(), "-Xmx128m",
        "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), Child.class.getName(),
        "qwen3-0.6b", "--port", String.valueOf(port), "--max-model-len", "40000", "--sim-gpu", "b200",
        "--sim-step-abc", "1,0,0/" + stepMillis + ",0,0", "--sim-output-us", OUTPUT_MICROS));
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** The simulator in its own process. */
  public static final class Child {

    private Child() {}

    /** Runs the simulator's command. */
    public static void main(String[] arguments) {
      System.exit(SimulatorMain.run(arguments, System.out, System.err));
    }
  }

  private static Thread reader(int port, int streams, int tokens) {
    return Thread.ofPlatform().start(() -> {
      try {
        read(port, streams, tokens);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  private static void read(int port, int streams, int tokens) throws IOException {
    String body = "{\"prompt\":[1],\"stream\":true,\"ignore_eos\":true,\"max_tokens\":" + tokens + "}";
    byte[] request = ("POST /v1/completions HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
        + body.length() + "\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII);
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < streams; i++) {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.write(ByteBuffer.wrap(request));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
      }
      ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
      int open = streams;
      while (open > 0) {
        selector.select();
        for (SelectionKey key : selector.selectedKeys()) {
          buffer.clear();
          if (((SocketChannel) key.channel()).read(buffer) < 0) {
            key.channel().close();
            open--;
          }
        }
        selector.selectedKeys().clear();
      }
    }
  }

  private static double written(String metrics) {
    return value(lines(metrics).getLast());
  }

  private static String lateness(String before, String after) {
    List<String> bounds = new ArrayList<>();
    List<Double> counts = new ArrayList<>();
    for (String line : lines(after)) {
      bounds.add(line.replaceFirst(".*le=\"([^\"]*)\".*", "$1"));
      counts.add(value(line));
    }
    List<String> earlier = lines(before);
    for (int i = 0; i < counts.size(); i++) {
      counts.set(i, counts.get(i) - value(earlier.get(i)));
    }
    StringBuilder text = new StringBuilder();
    for (double share : new double[]{.5, .99, .999}) {
      int i = 0;
      while (counts.get(i) < share * counts.get(counts.size() - 1)) {
        i++;
      }
      text.append(text.length() == 0 ? "" : " / ").append(Double.parseDouble(bounds.get(i).replace("+Inf", "Infinity"))
          * 1e3);
    }
    return text.toString();
  }

  private static List<String> lines(String metrics) {
    return metrics.lines().filter(line -> line.startsWith("sim:token_lateness_seconds_bucket")).toList();
  }

  private static double value(String line) {
    return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
  }

  private static String metrics(int port) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create("http://" + HOST + ":" + port + "/metrics")).build(),
            BodyHandlers.ofString())
        .body();
  }

  private static void awaitReady(int port) throws InterruptedException {
    for (int attempt = 0; attempt < 200; attempt++) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return;
      } catch (IOException e) {
        Thread.sleep(50);
      }
    }
    throw new IllegalStateException("the simulator did not start");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
