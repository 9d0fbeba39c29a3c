package dev.attain.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class GuardedProcessTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir
  private Path folder;

  @Test
  void exitCodeIsTheCommandsOwn() throws Exception {
    try (GuardedProcess process = shell("exit 7")) {
      assertThat(process.exited().get(30, TimeUnit.SECONDS)).isEqualTo(7);
      assertThat(process.exitCode()).hasValue(7);
      assertThat(process.alive()).isFalse();
    }
  }

  @Test
  void aRunningCommandHasNoExitCode() throws Exception {
    try (GuardedProcess process = start(List.of("sleep", "600"))) {
      assertThat(process.exitCode()).isEmpty();
      assertThat(process.alive()).isTrue();
      assertThat(process.exited()).isNotDone();
    }
  }

  @Test
  void stopSendsTermSoThatTheCommandCanEndItself() throws Exception {
    GuardedProcess process = shell("trap 'echo bye; exit 3' TERM; echo ready; while :; do sleep 0.05; done");
    awaitLog(process, "ready");
    process.stop(LONG);
    assertThat(process.exitCode()).hasValue(3);
    assertThat(process.lastLogLines(1)).containsExactly("bye");
  }

  @Test
  void aCommandThatIgnoresTermIsKilled() throws Exception {
    GuardedProcess process = shell("trap '' TERM; echo ready; while :; do sleep 0.05; done");
    awaitLog(process, "ready");
    process.stop(Duration.ofMillis(200));
    assertThat(process.exitCode()).hasValue(128 + 9);
    assertThat(groupOf(process).members()).isEmpty();
  }

  @Test
  void grandchildrenDieTooEvenThoseThatIgnoreTerm() throws Exception {
    GuardedProcess process = shell(
        "(sleep 600 & sleep 600) & (trap '' TERM; while :; do sleep 0.05; done) & echo ready; wait");
    awaitLog(process, "ready");
    Eventually.holds("four processes", () -> groupOf(process).members().size() >= 4);
    process.stop(Duration.ofMillis(300));
    assertThat(groupOf(process).members()).isEmpty();
  }

  @Test
  void whatACommandLeavesBehindIsEndedAfterIt() throws Exception {
    GuardedProcess process = shell("sleep 600 & exit 4");
    assertThat(process.exited().get(30, TimeUnit.SECONDS)).isEqualTo(4);
    Eventually.holds("the group has ended", () -> groupOf(process).members().isEmpty());
    process.stop(LONG);
  }

  @Test
  void stopMayBeCalledAgainAndAfterTheEnd() throws Exception {
    GuardedProcess process = start(List.of("sleep", "600"));
    process.stop(LONG);
    process.stop(LONG);
    process.close();
    assertThat(process.exitCode()).hasValue(128 + 15);
  }

  @Test
  void aCommandWhoseWatchWasKilledIsStoppedAllTheSame() throws Exception {
    GuardedProcess process = shell("trap '' TERM; echo ready; while :; do sleep 0.05; done");
    awaitLog(process, "ready");
    Eventually.holds("the watch runs", () -> watchOf(process).isPresent());
    watchOf(process).orElseThrow().destroyForcibly();
    process.stop(Duration.ofMillis(100));
    assertThat(groupOf(process).members()).isEmpty();
  }

  @Test
  void theWatchEndsWithTheCommand() throws Exception {
    GuardedProcess process = start(List.of("sleep", "600"));
    Eventually.holds("the watch runs", () -> watchOf(process).isPresent());
    process.stop(LONG);
    Eventually.holds("the watch has ended", () -> watchOf(process).isEmpty());

    GuardedProcess ended = start(List.of("sleep", "0.3"));
    Eventually.holds("the watch runs", () -> watchOf(ended).isPresent());
    Eventually.holds("the watch has ended by itself", () -> watchOf(ended).isEmpty());
  }

  @Test
  void argumentsAndEnvironmentArriveVerbatim() throws Exception {
    List<String> arguments = List.of("two words", "", "it's", "say \"no\"", "$HOME `x` \\ * %", "ünï", "a\nb",
        "{\"kv_role\":\"kv_both\"}");
    String value = " two  words 'and' \"quotes\" $HOME ";
    List<String> command = new ArrayList<>(
        List.of("sh", "-c", "for argument; do printf '<%s>' \"$argument\"; done; printf '[%s]' \"$ATTAIN_TEST\"",
            "name"));
    command.addAll(arguments);
    try (GuardedProcess process = start(command, Map.of("ATTAIN_TEST", value), LONG)) {
      assertThat(process.exited().get(30, TimeUnit.SECONDS)).isZero();
      assertThat(Files.readString(process.logFile()))
          .isEqualTo("<" + String.join("><", arguments) + ">[" + value + "]");
    }
  }

  @Test
  void theCommandLeadsItsOwnSessionAndReadsNothing() throws Exception {
    try (GuardedProcess process = shell("cat; exec cat /proc/self/stat")) {
      assumeTrue(Files.isReadable(Path.of("/proc/self/stat")));
      assertThat(process.exited().get(30, TimeUnit.SECONDS)).isZero();
      String[] fields = process.lastLogLines(1).getFirst().split(" ");
      String pid = Long.toString(process.pid());
      assertThat(List.of(fields[0], fields[4], fields[5])).containsExactly(pid, pid, pid);
    }
  }

  @Test
  void perlMakesTheSessionWhereSetsidIsAbsent() throws Exception {
    Path tools = Files.createDirectory(folder.resolve("tools"));
    Executables all = Executables.withEnvironment(Map.of());
    assumeTrue(all.find("perl").isPresent());
    for (String tool : List.of("sh", "sleep", "perl")) {
      Files.createSymbolicLink(tools.resolve(tool), all.find(tool).orElseThrow());
    }
    List<String> command = List.of("sh", "-c", "echo \"$0\"; sleep 600", "two words");
    GuardedProcess process = start(command, Map.of("PATH", tools.toString()), LONG);
    awaitLog(process, "two words");
    Eventually.holds("two processes", () -> groupOf(process).members().size() == 2);
    process.stop(LONG);
    assertThat(process.exitCode()).hasValue(128 + 15);
    Eventually.holds("the watch has ended", () -> watchOf(process).isEmpty());
    for (String tool : List.of("sh", "sleep", "perl")) {
      Files.delete(tools.resolve(tool));
    }
  }

  @Test
  void aMachineThatCannotMakeSessionsIsASentence() throws IOException {
    Path tools = Files.createDirectory(folder.resolve("tools"));
    assertThatThrownBy(() -> start(List.of("/bin/sh"), Map.of("PATH", tools.toString()), LONG))
        .isInstanceOf(IOException.class).hasMessageContaining("setsid (package util-linux) or perl");
  }

  @Test
  void aMissingExecutableIsASentence() {
    assertThatThrownBy(() -> start(List.of("no-such-engine", "serve"))).isInstanceOf(IOException.class)
        .hasMessageStartingWith("there is no executable no-such-engine on the PATH ")
        .hasMessageContaining("install it");
    assertThatThrownBy(() -> start(List.of("/no/such/engine"))).isInstanceOf(IOException.class)
        .hasMessage("there is no file /no/such/engine; install the program, or correct its path");
    assertThatThrownBy(() -> start(List.of(folder.toString()))).isInstanceOf(IOException.class)
        .hasMessageContaining("is not an executable file");
  }

  @Test
  void aJvmThatIsKilledLeavesNothingBehind() throws Exception {
    killedParent(List.of("sleep", "600"), LONG);
    killedParent(List.of("sh", "-c", "trap '' TERM; sleep 600 & while :; do sleep 0.05; done"), Duration.ofMillis(300));
  }

  private void killedParent(List<String> command, Duration grace) throws Exception {
    List<String> jvm = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx32m", "-cp", System.getProperty("java.class.path"), ParentProgram.class.getName(),
        folder.resolve("child.log").toString(), Long.toString(grace.toMillis())));
    jvm.addAll(command);
    Process parent = new ProcessBuilder(jvm).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (var output = parent.inputReader()) {
      ProcessGroup child = new ProcessGroup(Long.parseLong(output.readLine()));
      Eventually.holds("the child leads a group", () -> !child.members().isEmpty());
      parent.destroyForcibly();
      assertThat(parent.waitFor(30, TimeUnit.SECONDS)).isTrue();
      Eventually.holds("the child of the killed JVM has ended", () -> child.members().isEmpty());
    } finally {
      parent.destroyForcibly();
    }
  }

  private GuardedProcess shell(String script) throws IOException {
    return start(List.of("sh", "-c", script));
  }

  private GuardedProcess start(List<String> command) throws IOException {
    return start(command, Map.of(), LONG);
  }

  private GuardedProcess start(List<String> command, Map<String, String> environment, Duration grace)
      throws IOException {
    return GuardedProcess.start(command, environment, folder.resolve("logs").resolve("child.log"), grace);
  }

  private static ProcessGroup groupOf(GuardedProcess process) {
    return new ProcessGroup(process.pid());
  }

  private static Optional<ProcessHandle> watchOf(GuardedProcess process) {
    String group = Long.toString(process.pid());
    return ProcessHandle.allProcesses().filter(other -> List.of(other.info().arguments().orElse(new String[0]))
        .containsAll(List.of("attain-watch", group))).findFirst();
  }

  private static void awaitLog(GuardedProcess process, String line) throws InterruptedException {
    Eventually.holds("the log says " + line, () -> process.lastLogLines(1).contains(line));
  }
}
