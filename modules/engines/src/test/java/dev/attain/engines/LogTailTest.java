package dev.attain.engines;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {
  @TempDir
  private Path folder;

  @Test
  void theLastLinesAreGivenInTheirOrder() throws IOException {
    assertThat(LogTail.lastLines(log("one\ntwo\nthree\n"), 0, 2)).containsExactly("two", "three");
    assertThat(LogTail.lastLines(log("one\ntwo"), 0, 5)).containsExactly("one", "two");
    assertThat(LogTail.lastLines(log(""), 0, 5)).isEmpty();
    assertThat(LogTail.lastLines(log("one\n"), 0, 0)).isEmpty();
  }

  @Test
  void aLargeLogIsReadFromItsEnd() throws IOException {
    List<String> lines = IntStream.range(0, 100_000).mapToObj(i -> "line " + i + " äöü").toList();
    assertThat(LogTail.lastLines(log(String.join("\n", lines)), 0, 3)).isEqualTo(lines.subList(99_997, 100_000));
  }

  @Test
  void theFragmentBeforeTheFirstWholeLineIsLeftOut() throws IOException {
    Path log = log("x".repeat(300_000) + "\nwhole\n");
    assertThat(LogTail.lastLines(log, 0, 10)).containsExactly("whole");
  }

  @Test
  void theStepsOfAProgressBarAreLines() throws IOException {
    assertThat(LogTail.lastLines(log("10%\r20%\r30%"), 0, 1)).containsExactly("30%");
  }

  @Test
  void anAbsentLogHasNoLines() {
    assertThat(LogTail.lastLines(folder.resolve("absent.log"), 0, 3)).isEmpty();
  }

  private Path log(String text) throws IOException {
    return Files.writeString(folder.resolve("engine.log"), text);
  }

  @Test
  void whatStoodThereBeforeIsNotShown() throws IOException {
    assertThat(LogTail.lastLines(log("earlier\nlater\n"), "earlier\n".length(), 5)).containsExactly("later");
    assertThat(LogTail.lastLines(log("earlier\n"), "earlier\n".length(), 5)).isEmpty();
  }
}
