package dev.attain.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From the bytes of a streamed answer to its tokens, per token: chunk framing, events, the JSON in them. In the client's
 * package, because these classes are nobody else's business.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class ReaderBenchmark {
  private static final int TOKENS = 128;
  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
  private static final String EVENT = "data: {\"id\":\"cmpl-3f0a9bd7c8e14c6c8b6a2f6d1e0f7a55\",\"object\":"
      + "\"text_completion\",\"created\":1763800000,\"model\":\"meta-llama/Llama-3.1-8B\",\"choices\":[{\"index\":0,"
      + "\"text\":\" token\",\"logprobs\":null,\"finish_reason\":null,\"stop_reason\":null}]}\n\n";
  private static final String USAGE = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":32,\"completion_tokens\":"
      + TOKENS + "}}\n\n";

  /** How many token events come in one read from the socket. */
  @Param({"1", "8"})
  private int eventsPerRead = 1;

  private final ResponseReader reader = new ResponseReader();
  private final EventScanner scanner = new EventScanner();
  private List<ByteBuf> reads = List.of();

  /** Cuts an answer into reads. */
  @Setup
  public void cut() {
    var cuts = new ArrayList<ByteBuf>();
    var read = new StringBuilder(HEAD);
    for (int token = 1; token <= TOKENS; token++) {
      read.append(chunk(EVENT));
      if (token == TOKENS) {
        read.append(chunk(USAGE)).append(chunk("data: [DONE]\n\n")).append("0\r\n\r\n");
      }
      if (token % eventsPerRead == 0 || token == TOKENS) {
        byte[] bytes = read.toString().getBytes(StandardCharsets.US_ASCII);
        cuts.add(Unpooled.directBuffer(bytes.length).writeBytes(bytes));
        read.setLength(0);
      }
    }
    reads = List.copyOf(cuts);
  }

  private static String chunk(String data) {
    return Integer.toHexString(data.length()) + "\r\n" + data + "\r\n";
  }

  /** One whole answer; reported per token. */
  @Benchmark
  @OperationsPerInvocation(TOKENS)
  public int answer() {
    var answer = new Answer();
    reader.expectResponse();
    for (ByteBuf read : reads) {
      read.readerIndex(0);
      reader.read(read, answer);
    }
    if (!reader.complete() || answer.tokens != TOKENS) {
      throw new IllegalStateException("the answer has " + TOKENS + " tokens, but " + answer.tokens + " were read");
    }
    return answer.tokens;
  }

  /** Counts, as the cheapest of all listeners. */
  private final class Answer implements ResponseReader.Sink, TokenStream.Listener {
    private final TokenStream stream = new TokenStream(new PlannedLength(TOKENS, true), scanner, this);
    private int tokens;

    @Override
    public void head(int status) {
      // Always 200.
    }

    @Override
    public void body(ByteBuf data, int from, int to) {
      stream.read(data, from, to);
    }

    @Override
    public void tokens(int more) {
      tokens += more;
    }

    @Override
    public void ended(String problem, int count) {
      if (!problem.isEmpty()) {
        throw new IllegalStateException(problem);
      }
    }
  }
}
