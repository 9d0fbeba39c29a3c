package dev.attain.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attain.measurement.Outcome;
import dev.attain.measurement.RequestRecord;
import dev.attain.measurement.Sending;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestFileTest {
  @TempDir
  Path folder;

  @Test
  void everyStampComesBackToTheNanosecond() throws Exception {
    var random = new Random(1);
    var lines = new ArrayList<NodeRecord>();
    for (int index = 0; index < 500; index++) {
      lines.add(new NodeRecord("node-" + random.nextInt(3), anyRecord(random, index)));
    }

    assertThat(read(written(lines))).isEqualTo(lines);
  }

  @Test
  void theReleaseOfARequestThatWaitedIsKeptAndThatOfOthersLeftOut() throws Exception {
    RequestRecord it = SampleRun.completed(3);
    var waited = new RequestRecord(3, it.promptTokens(), it.plannedOutputTokens(), it.outputTokens(), it.tokenEvents(),
        it.intendedNanos(), it.intendedNanos() + 5, it.sentNanos(), RequestRecord.NEVER, RequestRecord.NEVER,
        it.firstByteNanos(), it.firstTokenNanos(), it.lastTokenNanos(), it.endNanos(), it.outcome(), "", -1, 1,
        it.outputTokens(), Sending.UNKNOWN);
    List<NodeRecord> lines = SampleRun.onNode("load-1", List.of(waited, it));

    assertThat(read(written(lines))).isEqualTo(lines);
    assertThat(line(waited)).contains("\"released\":0.300000128");
    assertThat(line(it)).doesNotContain("released");
  }

  @Test
  void aFileCutAnywhereGivesEverythingFlushedBeforeTheCut() throws Exception {
    List<NodeRecord> first = SampleRun.onNode("load-1", SampleRun.records(5));
    List<NodeRecord> second = SampleRun.onNode("load-2", SampleRun.records(5));
    Path file = folder.resolve("requests.jsonl.gz");
    long flushed;
    try (RequestFile out = RequestFile.create(file)) {
      out.append(first);
      flushed = Files.size(file);
      out.append(second);
    }
    byte[] whole = Files.readAllBytes(file);
    var all = new ArrayList<>(first);
    all.addAll(second);

    for (int length = 0; length <= whole.length; length++) {
      List<NodeRecord> read = read(Files.write(file, Arrays.copyOf(whole, length)));
      assertThat(all.subList(0, read.size())).isEqualTo(read);
      if (length >= flushed) {
        assertThat(read).hasSizeGreaterThanOrEqualTo(first.size());
      }
    }
    assertThat(read(Files.write(file, whole))).isEqualTo(all);
  }

  @Test
  void aWholeLineThatIsNoRequestIsAnErrorThatNamesTheFile() throws Exception {
    Path file = folder.resolve("requests.jsonl.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("{\"outcome\":\"EATEN\"}\n".getBytes(StandardCharsets.UTF_8));
    }

    assertThatThrownBy(() -> read(file)).isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith(file + ": a line is not a request");
  }

  @Test
  void stampsThatNeverHappenedAreLeftOutAndLatenciesAreThereForCompletedRequestsOnly() throws Exception {
    assertThat(line(SampleRun.completed(3)))
        .contains("\"intended\":0.300000123", "\"ttft\":0.060000000", "\"tpot\":0.010000000", "\"e2e\":0.160000000")
        .doesNotContain("prefillDone", "decodeSent");
    assertThat(line(SampleRun.failed(9))).contains("\"outcome\":\"FAILED\"", "HTTP 500")
        .doesNotContain("ttft", "firstToken", "firstByte");
  }

  @Test
  void stampsOfOtherProgramsAreReadInWhateverFormANumberHas() throws Exception {
    var forms = Map.of("0.300000123", 300_000_123L, "3.00000123E-1", 300_000_123L, "0.3", 300_000_000L, "2",
        2_000_000_000L, "-0.000000001", -1L, "-5.000000000", -5_000_000_000L, "1234567890.000000001",
        1_234_567_890_000_000_001L, "0.3000001230001", 300_000_123L, "1e-9", 1L);
    for (var form : forms.entrySet()) {
      String line = line(SampleRun.failed(3)).replaceFirst("\"end\":[0-9.]+", "\"end\":" + form.getKey());
      assertThat(RequestLines.read(line).record().endNanos()).as(form.getKey()).isEqualTo(form.getValue());
    }
  }

  @Test
  void fieldsOfLaterVersionsAreSkipped() throws Exception {
    String line = line(SampleRun.completed(0)).strip();
    String extended = line.substring(0, line.length() - 1) + ",\"stages\":{\"queue\":[1,2]},\"later\":1}";

    assertThat(RequestLines.read(extended).record()).isEqualTo(SampleRun.completed(0));
  }

  private static String line(RequestRecord record) throws IOException {
    var bytes = new ByteArrayOutputStream();
    RequestLines.write(new NodeRecord("load-1", record), bytes);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private Path written(List<NodeRecord> lines) throws IOException {
    Path file = folder.resolve("requests.jsonl.gz");
    try (RequestFile out = RequestFile.create(file)) {
      out.append(lines.subList(0, lines.size() / 2));
      out.append(lines.subList(lines.size() / 2, lines.size()));
    }
    return file;
  }

  private static List<NodeRecord> read(Path file) throws IOException {
    try (Stream<NodeRecord> records = RequestFile.read(file)) {
      return records.toList();
    }
  }

  private static RequestRecord anyRecord(Random random, int index) {
    boolean completed = random.nextBoolean();
    long[] stamps = random.longs(8, -1_000_000, 3_600_000_000_000L).toArray();
    for (int stamp = 2; stamp < stamps.length; stamp++) {
      boolean needed = completed && (stamp == 5 || stamp == 6);
      stamps[stamp] = needed || random.nextBoolean() ? stamps[stamp] : RequestRecord.NEVER;
    }
    Outcome outcome = completed ? Outcome.COMPLETED : random.nextBoolean() ? Outcome.TIMED_OUT : Outcome.FAILED;
    return new RequestRecord(index, random.nextInt(4000), random.nextInt(4000), 1 + random.nextInt(4000),
        random.nextInt(4000), stamps[0], stamps[0], stamps[1], stamps[2], stamps[3], stamps[4], stamps[5], stamps[6],
        stamps[7],
        outcome, completed ? "" : "reason \u00e4 \"" + random.nextInt() + "\"\n", random.nextInt(3) - 1,
        random.nextInt(3) - 1, random.nextInt(4000), anySending(random));
  }

  private static Sending anySending(Random random) {
    return random.nextInt(4) == 0
        ? Sending.UNKNOWN
        : new Sending(random.nextLong(3_600_000_000_000L), random.nextLong(3_600_000_000_000L), random.nextInt(3),
            random.nextBoolean() ? RequestRecord.NEVER : random.nextLong(1_000_000_000),
            random.nextLong(4_000_000_000L),
            random.nextBoolean());
  }
}
