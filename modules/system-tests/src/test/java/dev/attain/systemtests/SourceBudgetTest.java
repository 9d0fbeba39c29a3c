package dev.attain.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a reader has to take in at once stays small. Reads the sources of all modules. */
class SourceBudgetTest {
  private static final int LINES_OF_A_FILE = 400;
  private static final List<String> VAGUE = List.of("Impl", "Util", "Utils", "Helper", "Base", "Abstract");

  private final Map<Path, Long> linesByFile = sources();

  @Test
  void noFileIsLongerThanFourHundredLines() {
    assertThat(linesByFile).isNotEmpty().allSatisfy((file, lines) -> assertThat(lines).as("lines of " + file)
        .isLessThanOrEqualTo(LINES_OF_A_FILE));
  }

  @Test
  void namesSayWhatAThingIs() {
    assertThat(linesByFile.keySet()).allSatisfy(file -> assertThat(VAGUE)
        .noneMatch(word -> file.getFileName().toString().matches(".*" + word + "(Test)?\\.java")
            || file.getFileName().toString().startsWith("Abstract")));
  }

  private static Map<Path, Long> sources() {
    // Maven starts tests in their module's folder.
    Path modules = Path.of("").toAbsolutePath().getParent();
    try (Stream<Path> files = Files.walk(modules)) {
      return files.filter(file -> modules.relativize(file).toString().matches("[^/]+/src/.*\\.java"))
          .collect(Collectors.toMap(modules::relativize, SourceBudgetTest::lines));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
