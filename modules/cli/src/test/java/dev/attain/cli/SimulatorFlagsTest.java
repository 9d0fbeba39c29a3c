package dev.attain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.simulator.SimulatorMain;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The manual of the configuration and the simulator name the same flags. */
class SimulatorFlagsTest {
  private static final Path REFERENCE = Path.of("../../conf/reference.conf");

  private static Set<String> names(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(MatchResult::group)
        .map(name -> name.replaceFirst("^-+", "")).collect(Collectors.toCollection(TreeSet::new));
  }

  private static String help() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream to = new PrintStream(out, true, StandardCharsets.UTF_8);
    assertThat(SimulatorMain.run(new String[]{"--help"}, to, to)).isZero();
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void theReferenceNamesEveryFlagOfTheSimulatorAndNoOther() throws Exception {
    Set<String> flags = names("(?m)(?<=^  )--sim-[a-z0-9-]+", help());

    assertThat(flags).contains("sim-gpu", "sim-step-abc");
    assertThat(names("(?<![a-z-])sim-[a-z0-9-]+", Files.readString(REFERENCE))).isEqualTo(flags);
  }
}
