package dev.attain.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnswerReadingTest {
  /** Reads one answer the way a connection does and writes down what it hears. */
  private static final class Hearing implements ResponseReader.Sink, TokenStream.Listener {
    private final ResponseReader reader = new ResponseReader();
    private final List<String> heard = new ArrayList<>();
    private final TokenStream stream;

    Hearing(int plannedTokens) {
      this(new PlannedLength(plannedTokens, true));
    }

    Hearing(PlannedLength planned) {
      stream = new TokenStream(planned, new EventScanner(), this);
      reader.expectResponse();
    }

    List<String> read(byte[] answer, int... cuts) {
      int from = 0;
      for (int cut : cuts) {
        assertThat(piece(answer, from, cut)).as("bytes left over").isZero();
        from = cut;
      }
      assertThat(piece(answer, from, answer.length)).as("bytes left over").isZero();
      if (reader.complete() || reader.endsWithConnection()) {
        stream.end();
      } else {
        heard.add("cut off");
      }
      return heard;
    }

    /** Returns how many bytes were left over. */
    private int piece(byte[] answer, int from, int to) {
      ByteBuf data = Unpooled.wrappedBuffer(Arrays.copyOfRange(answer, from, to));
      reader.read(data, this);
      return data.readableBytes();
    }

    @Override
    public void head(int status) {
      heard.add("HTTP " + status);
    }

    @Override
    public void body(ByteBuf data, int from, int to) {
      stream.read(data, from, to);
    }

    @Override
    public void tokens(int tokens) {
      heard.add("token");
    }

    @Override
    public void ended(String problem, int tokens) {
      heard.add(tokens + " tokens, problem '" + problem + "'");
    }
  }

  private static List<String> expected(RecordedStreams.Stream stream) {
    List<String> expected = new ArrayList<>(List.of("HTTP 200"));
    for (int token = 0; token < stream.tokenEvents(); token++) {
      expected.add("token");
    }
    int tokens = stream.usage() < 0 ? stream.tokenEvents() : stream.usage();
    expected.add(tokens + " tokens, problem '" + stream.reason() + "'");
    return expected;
  }

  private static int planned(RecordedStreams.Stream stream) {
    return stream.usage() < 0 ? stream.tokenEvents() : stream.usage();
  }

  @Test
  void everyDialectIsUnderstood() {
    for (RecordedStreams.Stream stream : RecordedStreams.all()) {
      assertThat(new Hearing(planned(stream)).read(stream.bytes())).as(stream.name()).isEqualTo(expected(stream));
    }
  }

  @Test
  void aSplitAtAnyByteChangesNothing() {
    for (RecordedStreams.Stream stream : RecordedStreams.all()) {
      for (int cut = 1; cut < stream.bytes().length; cut++) {
        assertThat(new Hearing(planned(stream)).read(stream.bytes(), cut)).as("%s split at %d", stream.name(), cut)
            .isEqualTo(expected(stream));
      }
    }
  }

  @Test
  void oneByteAtATimeChangesNothing() {
    for (RecordedStreams.Stream stream : RecordedStreams.all()) {
      int[] everywhere = IntStream.range(1, stream.bytes().length).toArray();
      assertThat(new Hearing(planned(stream)).read(stream.bytes(), everywhere)).as(stream.name())
          .isEqualTo(expected(stream));
    }
  }

  @Test
  void severalRandomSplitsChangeNothing() {
    Random random = new Random(5);
    for (RecordedStreams.Stream stream : RecordedStreams.all()) {
      for (int round = 0; round < 300; round++) {
        int[] cuts = random.ints(1 + random.nextInt(6), 1, stream.bytes().length).sorted().distinct().toArray();
        assertThat(new Hearing(planned(stream)).read(stream.bytes(), cuts)).as("%s split at %s", stream.name(), cuts)
            .isEqualTo(expected(stream));
      }
    }
  }

  @Test
  void anAnswerThatIsCutOffIsNeverTakenForAWholeOne() {
    RecordedStreams.Stream stream = RecordedStreams.vllmCompletions();
    String whole = new String(stream.bytes(), StandardCharsets.UTF_8);
    int terminal = whole.indexOf("[DONE]\n\n") + "[DONE]\n\n".length();
    for (int length = 1; length < terminal; length++) {
      assertThat(new Hearing(3).read(Arrays.copyOf(stream.bytes(), length))).as("the first %d bytes", length)
          .last().isEqualTo("cut off");
    }
  }

  @Test
  void aWrongNumberOfTokensIsAProblem() {
    assertThat(new Hearing(64).read(RecordedStreams.vllmCompletions().bytes())).last()
        .isEqualTo("3 tokens, problem '64 tokens expected, 3 received'");
  }

  @Test
  void anAnswerThatTheModelEndedCountsAsLongAsItCameWhereItsLengthCannotBeForced() {
    for (RecordedStreams.Stream stream : RecordedStreams.endedByTheModel()) {
      PlannedLength planned = new PlannedLength(64, false);
      assertThat(new Hearing(planned).read(stream.bytes())).as(stream.name()).isEqualTo(expected(stream));
      for (int cut = 1; cut < stream.bytes().length; cut++) {
        assertThat(new Hearing(planned).read(stream.bytes(), cut)).as("%s split at %d", stream.name(), cut)
            .isEqualTo(expected(stream));
      }
    }
  }

  @Test
  void anAnswerThatTheModelEndedIsAProblemWhereItsLengthWasForced() {
    for (RecordedStreams.Stream stream : RecordedStreams.endedByTheModel()) {
      assertThat(new Hearing(64).read(stream.bytes())).as(stream.name()).last().asString()
          .contains("problem '64 tokens expected, ").endsWith(" received, finish_reason stop'");
    }
  }

  @Test
  void fewerTokensThanPlannedNeedTheModelsOwnEnd() {
    PlannedLength free = new PlannedLength(64, false);
    assertThat(new Hearing(free).read(RecordedStreams.vllmCompletions().bytes())).as("the reason is the limit").last()
        .isEqualTo("3 tokens, problem '64 tokens expected, 3 received'");
    assertThat(new Hearing(new PlannedLength(1, false)).read(RecordedStreams.transformersChatStopped().bytes()))
        .as("more than planned").last()
        .isEqualTo("2 tokens, problem '1 tokens expected, 2 received, finish_reason stop'");
    assertThat(new Hearing(new PlannedLength(3, false)).read(RecordedStreams.vllmCompletions().bytes())).last()
        .isEqualTo("3 tokens, problem ''");
  }

  @Test
  void aCutAnswerIsNeverTakenForOneThatTheModelEnded() {
    for (RecordedStreams.Stream stream : RecordedStreams.endedByTheModel()) {
      String whole = new String(stream.bytes(), StandardCharsets.UTF_8);
      int terminal = whole.contains("[DONE]") ? whole.indexOf("[DONE]\n\n") + "[DONE]\n\n".length() : whole.length();
      for (int length = 1; length < terminal; length++) {
        assertThat(new Hearing(new PlannedLength(64, false)).read(Arrays.copyOf(stream.bytes(), length)))
            .as("%s, the first %d bytes", stream.name(), length).last().isEqualTo("cut off");
      }
    }
  }

  @Test
  void aStreamThatEndsWithoutItsFinishReasonIsAProblemAlsoWhereTheLengthIsFree() {
    String tokens = "data: {\"choices\":[{\"text\":\"stop\",\"finish_reason\":null}]}\n\n".repeat(2);
    PlannedLength free = new PlannedLength(64, false);
    assertThat(new Hearing(free).read(withLength(tokens))).last()
        .isEqualTo("2 tokens, problem 'stream ended without [DONE] or a finish reason after 2 of 64 tokens'");
    assertThat(new Hearing(free).read(withLength(tokens + "data: [DONE]\n\n"))).last()
        .isEqualTo("2 tokens, problem '64 tokens expected, 2 received'");
  }

  @Test
  void anAnswerThatEndsBeforeItsFirstTokenIsAProblem() {
    String nothing = "data: {\"choices\":[{\"text\":\"\",\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
    assertThat(new Hearing(new PlannedLength(64, false)).read(withLength(nothing))).last()
        .isEqualTo("0 tokens, problem 'no token event in the stream, though it ended in order'");
  }

  @Test
  void usageOutweighsTheNumberOfEvents() {
    String event = "data: {\"choices\":[{\"text\":\"two tokens\",\"finish_reason\":\"length\"}],"
        + "\"usage\":{\"completion_tokens\":2}}\n\ndata: [DONE]\n\n";
    assertThat(new Hearing(2).read(withLength(event))).containsExactly("HTTP 200", "token", "2 tokens, problem ''");
  }

  @Test
  void anEmptyFarewellIsNoTokenButAnEmptyLastTokenIs() {
    String token = "data: {\"choices\":[{\"text\":\"a\",\"finish_reason\":null}]}\n\n";
    String last = "data: {\"choices\":[{\"text\":\"\",\"finish_reason\":\"length\"}]}\n\ndata: [DONE]\n\n";
    assertThat(new Hearing(2).read(withLength(token + token + last))).last().isEqualTo("2 tokens, problem ''");
    assertThat(new Hearing(2).read(withLength(token + last))).last().isEqualTo("2 tokens, problem ''");
  }

  @Test
  void tokenIdsAndToolCallsAreTokens() {
    String ids = "data: {\"choices\":[{\"text\":\"\",\"token_ids\":[5],\"finish_reason\":\"length\"}]}\n\n";
    String tools = "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0}]}}]}\n\ndata: [DONE]\n\n";
    assertThat(new Hearing(2).read(withLength(ids + tools))).last().isEqualTo("2 tokens, problem ''");
  }

  @Test
  void brokenJsonIsAProblemThatShowsIt() {
    assertThat(new Hearing(2).read(withLength("data: {\"choices\":[{\"text\":\"a\n\n"))).last()
        .isEqualTo("0 tokens, problem 'malformed event: {\"choices\":[{\"text\":\"a'");
  }

  /** Where single bytes are wrong nothing worse may happen than a problem. */
  @Test
  void damagedBytesAreAtWorstAProblem() {
    Random random = new Random(3);
    for (int round = 0; round < 20_000; round++) {
      List<RecordedStreams.Stream> all = RecordedStreams.all();
      byte[] damaged = all.get(random.nextInt(all.size())).bytes().clone();
      for (int byteNumber = random.nextInt(5); byteNumber >= 0; byteNumber--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        new Hearing(3).piece(damaged, 0, damaged.length);
      } catch (MalformedResponseException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
  }

  @Test
  void errorsAreFoundInEveryForm() {
    assertThat(new Hearing(2).read(withLength("data: {\"error\":\"out of memory\"}\n\n"))).last()
        .isEqualTo("0 tokens, problem 'error event: out of memory'");
    assertThat(new Hearing(2).read(withLength("data: {\"object\":\"error\",\"message\":\"bad\"}\n\n"))).last()
        .isEqualTo("0 tokens, problem 'error event: bad'");
  }

  @Test
  void anAnswerWithoutEventsIsAProblem() {
    assertThat(new Hearing(2).read(withLength("{\"choices\":[]}"))).last()
        .isEqualTo("0 tokens, problem 'HTTP 200 without any event'");
  }

  @Test
  void aStreamThatJustStopsIsAProblem() {
    assertThat(new Hearing(2).read(withLength("data: {\"choices\":[{\"text\":\"a\"}]}\n\n"))).last()
        .isEqualTo("1 tokens, problem 'stream ended without [DONE] or a finish reason after 1 of 2 tokens'");
  }

  @Test
  void interimAnswersAreSkipped() {
    String answer = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n";
    assertThat(new Hearing(1).read(answer.getBytes(StandardCharsets.US_ASCII))).first().isEqualTo("HTTP 204");
  }

  @Test
  void whatIsNotHttpIsRefused() {
    assertRefused("SSH-2.0-OpenSSH_9.2\r\n", "not an HTTP/1.1 status line: SSH-2.0-OpenSSH_9.2");
    assertRefused("HTTP/1.1 200 OK\r\nnonsense\r\n", "not a header: nonsense");
    assertRefused("HTTP/1.1 200 OK\r\nContent-Length: many\r\n", "not a content-length: many");
    assertRefused("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n", "content-encoding gzip");
    assertRefused("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", "not a chunk size");
    assertRefused("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n", "a chunk without a size");
    assertRefused("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\n", "a chunk size of more than");
    assertRefused("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n", "a chunk longer than its size");
  }

  private static void assertRefused(String answer, String message) {
    assertThatThrownBy(() -> new Hearing(1).read(answer.getBytes(StandardCharsets.US_ASCII)))
        .isInstanceOf(MalformedResponseException.class).hasMessageContaining(message);
  }

  @Test
  void theServersWishToCloseIsHeard() {
    assertThat(keepAliveAfter("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")).isTrue();
    assertThat(keepAliveAfter("HTTP/1.1 200 OK\r\nconnection: Close\r\nContent-Length: 0\r\n\r\n")).isFalse();
    assertThat(keepAliveAfter("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n")).isFalse();
    assertThat(keepAliveAfter("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n")).isTrue();
  }

  private static boolean keepAliveAfter(String answer) {
    Hearing hearing = new Hearing(1);
    hearing.read(answer.getBytes(StandardCharsets.US_ASCII));
    assertThat(hearing.reader.complete()).isTrue();
    return hearing.reader.keepAlive();
  }

  private static byte[] withLength(String body) {
    return ("HTTP/1.1 200 OK\r\nContent-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body)
        .getBytes(StandardCharsets.UTF_8);
  }
}
