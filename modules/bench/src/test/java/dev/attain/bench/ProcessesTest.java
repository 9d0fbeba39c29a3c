package dev.attain.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.measurement.NanoClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class ProcessesTest {
  private static final String BUSY = "for ((i = 0; i < 200000; i++)); do :; done";
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir
  private Path folder;

  @Test
  void processIsReadWhateverItsNameIs() throws IOException {
    Path process = Files.createDirectory(folder.resolve("42"));
    Files.writeString(process.resolve("stat"),
        "42 (a) (b c) S 7 42 9 0 -1 4194304 1 2 3 4 150 50 20 30 20 0 1 0 1 2 3\n");
    Files.writeString(process.resolve("status"), "Name:\ta\nVmHWM:\t  9 kB\nVmRSS:\t     2048 kB\n");

    assertThat(new Procfs(folder).process(42)).contains(new Procfs.Seen(42, 9, 2.5, 2048 * 1024));
    assertThat(new Procfs(folder).session(9)).hasSize(1);
    assertThat(new Procfs(folder).session(7)).isEmpty();
    assertThat(new Procfs(folder).process(43)).isEmpty();
  }

  @Test
  void shellsTimesAreReadInAnyLocale() {
    assertThat(MeteredProcess.seconds("1m2.500s 0m0.250s")).isEqualTo(62.75);
    assertThat(MeteredProcess.seconds("0m0,010s 0m0,020s")).isEqualTo(0.03);
  }

  @Test
  void childrenOfTheCommandCostToo() throws Exception {
    double alone = run(BUSY, LONG).cost().cpuSeconds();
    double withChildren = run("(" + BUSY + ") & (" + BUSY + ") & wait; " + BUSY, LONG).cost().cpuSeconds();

    assertThat(alone).isGreaterThan(0.01);
    assertThat(withChildren).as("three times the work").isGreaterThan(1.5 * alone);
  }

  @Test
  void exitCodeIsTheCommands() throws Exception {
    assertThat(run("exit 7", LONG).exit()).isEqualTo(7);
  }

  @Test
  void commandIsKilledAtItsLimitWithAllThatItStarted() throws Exception {
    MeteredProcess.Ended ended = run("sleep 61.5 & echo $! >" + folder.resolve("child") + "; sleep 61.5",
        Duration.ofMillis(600));

    assertThat(ended.exit()).isEqualTo(MeteredProcess.TIMED_OUT);
    assertChildIsGone();
  }

  @Test
  void whatACommandLeavesBehindIsKilled() throws Exception {
    MeteredProcess.Ended ended = run("sleep 61.5 & echo $! >" + folder.resolve("child"), LONG);

    assertThat(ended.exit()).isZero();
    assertChildIsGone();
  }

  private void assertChildIsGone() throws IOException {
    long child = Long.parseLong(Files.readString(folder.resolve("child")).strip());
    assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isEmpty();
  }

  private MeteredProcess.Ended run(String script, Duration limit) throws IOException, InterruptedException {
    var metered = new MeteredProcess(NanoClock.system(), new Procfs());
    return metered.run(List.of("bash", "-c", script), Integer.toString(Cpus.allowed()[0]), Map.of(),
        folder.resolve("log"), limit);
  }
}
