package dev.attain.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceFileTest {
  private static final String HEADER = "arrived_at,num_prefill_tokens,num_decode_tokens\n";

  @TempDir
  private Path folder;

  @Test
  void shippedConversationTraceIsWhole() throws TraceFormatException {
    Trace trace = TraceFile.read(Path.of("..", "..", "conf", "data", "azure-llm-2023-conversation.csv.gz"));
    assertThat(trace.name()).isEqualTo("azure-llm-2023-conversation");
    assertThat(trace.shapes()).hasSize(19_366).startsWith(new RequestShape(374, 44), new RequestShape(396, 109));
    assertThat(trace.arrivalSeconds()).isSorted().startsWith(0, 4.314579);
    assertThat(trace.arrivalSeconds()[19_365]).isCloseTo(3501.721937, within(1e-9));
    assertThat(trace.shapes().stream().mapToLong(RequestShape::promptTokens).sum()).isEqualTo(22_361_870);
    assertThat(trace.shapes().stream().mapToLong(RequestShape::outputTokens).sum()).isEqualTo(4_088_665);
    assertThat(trace.skippedRows()).isZero();
  }

  @Test
  void shippedCodeTraceIsWhole() throws TraceFormatException {
    Trace trace = TraceFile.read(Path.of("..", "..", "conf", "data", "azure-llm-2023-code.csv.gz"));
    assertThat(trace.shapes()).hasSize(8819).startsWith(new RequestShape(4808, 10), new RequestShape(3180, 8));
    assertThat(trace.shapes().stream().mapToLong(RequestShape::promptTokens).sum()).isEqualTo(18_059_974);
    assertThat(trace.shapes().stream().mapToLong(RequestShape::outputTokens).sum()).isEqualTo(245_896);
    assertThat(trace.arrivalSeconds()).isSorted().endsWith(3435.948056);
  }

  @Test
  void originalAzureHeaderIsUnderstood() throws Exception {
    Trace trace = TraceFile.read(file("""
      TIMESTAMP,ContextTokens,GeneratedTokens\r
      2023-11-16 23:59:59.9799600,4808,10\r
      2023-11-17 00:00:00.0319600,3180,8\r
      2023-11-17 00:01:00,110,27"""));
    assertThat(trace.arrivalSeconds()).containsExactly(0, 0.052, 60.02004);
    assertThat(trace.shapes()).containsExactly(new RequestShape(4808, 10), new RequestShape(3180, 8),
        new RequestShape(110, 27));
  }

  @Test
  void timestampsMayHaveAZone() throws Exception {
    Trace trace = TraceFile.read(file("""
      TIMESTAMP,ContextTokens,GeneratedTokens
      2024-05-10 00:00:00.009930+00:00,1,1
      2024-05-10T02:00:01.009930+02:00,1,1
      2024-05-10T00:00:02.009930Z,1,1
      """));
    assertThat(trace.arrivalSeconds()).containsExactly(0, 1, 2);
  }

  @Test
  void columnsMayStandInAnyOrderAmongOthers() throws Exception {
    Trace trace = TraceFile.read(file("""
      \uFEFFmodel, num_decode_tokens ,"arrived_at",Num_Prefill_Tokens
      m,3,10.5,7

      m, 4 ,"11.25",8
      """));
    assertThat(trace.arrivalSeconds()).containsExactly(0, 0.75);
    assertThat(trace.shapes()).containsExactly(new RequestShape(7, 3), new RequestShape(8, 4));
    assertThat(trace.name()).isEqualTo("trace");
  }

  @Test
  void requestsWithoutPromptOrOutputAreSkippedAndCounted() throws Exception {
    Trace trace = TraceFile.read(file(HEADER + "1,0,5\n2,5,0\n3,5,5\n4,0,0\n6,6,6\n"));
    assertThat(trace.skippedRows()).isEqualTo(3);
    assertThat(trace.arrivalSeconds()).containsExactly(0, 3);
  }

  @Test
  void rowsAreBroughtIntoOrderOfArrivalAndTiesStayAsTheyWere() throws Exception {
    Trace trace = TraceFile.read(file(HEADER + "5,1,1\n-2,2,2\n5,3,3\n0.5,4,4\n"));
    assertThat(trace.arrivalSeconds()).containsExactly(0, 2.5, 7, 7);
    assertThat(trace.shapes()).extracting(RequestShape::promptTokens).containsExactly(2, 4, 1, 3);
  }

  @Test
  void compressedFilesAreReadWhateverTheirName() throws Exception {
    Path compressed = folder.resolve("requests");
    try (OutputStream bytes = new GZIPOutputStream(Files.newOutputStream(compressed))) {
      bytes.write((HEADER + "0,1,2\n").getBytes(StandardCharsets.UTF_8));
    }
    assertThat(TraceFile.read(compressed).shapes()).containsExactly(new RequestShape(1, 2));
  }

  @Test
  void malformedValuesAreNamedWithFileLineAndRemedy() throws IOException {
    assertProblem(HEADER + "0,1,1\n1,abc,1\n", 3, "num_prefill_tokens is 'abc'; write a whole number of tokens");
    assertProblem(HEADER + "0,1,-1\n", 2, "num_decode_tokens is '-1'; write a whole number of tokens, 0 or more");
    assertProblem(HEADER + "0,1,99999999999\n", 2, "num_decode_tokens is '99999999999'");
    assertProblem(HEADER + "0,1.5,1\n", 2, "num_prefill_tokens is '1.5'");
    assertProblem(HEADER + "\n0,1,1\n,1,1\n", 4, "arrived_at is ''; write seconds such as 12.5");
    assertProblem(HEADER + "NaN,1,1\n", 2, "arrived_at is 'NaN'");
    assertProblem(HEADER + "1e12,1,1\n", 2, "arrived_at is '1e12'");
    assertProblem("TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 25:00:00,1,1\n", 2,
        "TIMESTAMP is '2023-11-16 25:00:00'; write a date and time such as 2023-11-16 18:17:03.9799600");
    assertProblem("TIMESTAMP,ContextTokens,GeneratedTokens\n2023-02-30 01:00:00,1,1\n", 2, "TIMESTAMP is");
    assertProblem(HEADER + "0,1\n", 2, "has 2 values, but the first line names 3 columns");
    assertProblem(HEADER + "0,1,1,1\n", 2, "has 4 values, but the first line names 3 columns");
  }

  @Test
  void missingColumnsAreNamed() throws IOException {
    assertProblem("arrived_at,num_prefill_tokens\n0,1\n", 1, "no column is named num_decode_tokens or GeneratedTokens");
    assertProblem("0.0,374,44\n", 1,
        "no column is named arrived_at or TIMESTAMP; the first line must name the columns");
  }

  @Test
  void filesWithoutRequestsAreRefused() throws IOException {
    assertProblem("", 0, "the file is empty");
    assertProblem(HEADER, 0, "no request below the header");
    assertProblem(HEADER + "0,1,0\n1,0,1\n", 0, "none of the 2 requests has both");
  }

  @Test
  void unreadableFilesAreRefused() throws IOException {
    Path missing = folder.resolve("missing.csv");
    assertThatThrownBy(() -> TraceFile.read(missing)).isInstanceOf(TraceFormatException.class)
        .hasMessage(missing + ": there is no such file; give the path of a CSV file");
    assertThatThrownBy(() -> TraceFile.read(folder)).isInstanceOf(TraceFormatException.class)
        .hasMessageContaining("cannot be read");
    Path whole = folder.resolve("whole.gz");
    try (OutputStream bytes = new GZIPOutputStream(Files.newOutputStream(whole))) {
      bytes.write((HEADER + "0,1,1\n".repeat(100_000)).getBytes(StandardCharsets.UTF_8));
    }
    byte[] compressed = Files.readAllBytes(whole);
    Path torn = Files.write(folder.resolve("torn.gz"), Arrays.copyOf(compressed, compressed.length / 2));
    assertThatThrownBy(() -> TraceFile.read(torn)).isInstanceOf(TraceFormatException.class)
        .hasMessageContaining("cannot be read from here on");
  }

  private void assertProblem(String content, int line, String problem) throws IOException {
    Path file = file(content);
    assertThatThrownBy(() -> TraceFile.read(file)).isInstanceOfSatisfying(TraceFormatException.class, exception -> {
      assertThat(exception.file()).isEqualTo(file);
      assertThat(exception.line()).isEqualTo(line);
      assertThat(exception).hasMessageStartingWith(line == 0 ? file + ": " : file + ":" + line + ": ")
          .hasMessageContaining(problem);
    });
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("trace.csv"), content);
  }
}
