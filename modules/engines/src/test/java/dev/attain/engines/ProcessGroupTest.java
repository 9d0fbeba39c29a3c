package dev.attain.engines;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

import org.junit.jupiter.api.Test;

class ProcessGroupTest {
  private final ProcessGroup group = new ProcessGroup(77);

  @Test
  void namesMayHoldBracketsAndBlanks() {
    assertThat(group.ofStatLine("80 (a) S 77 (b) R 1 77 77 0 -1\n"))
        .hasValue(new ProcessGroup.Member(80, "a) S 77 (b"));
  }

  @Test
  void zombiesAndOtherGroupsDoNotCount() {
    assertThat(group.ofStatLine("80 (sleep) Z 1 77 77 0 -1")).isEmpty();
    assertThat(group.ofStatLine("77 (sleep) S 1 78 77 0 -1")).isEmpty();
    assertThat(group.ofStatLine("")).isEmpty();
  }

  @Test
  void psAndProcAgree() throws IOException {
    long own = ProcessHandle.current().pid();
    ProcessGroup ofThisJvm = new ProcessGroup(groupOfThisJvm());
    assertThat(ofThisJvm.members()).anyMatch(member -> member.pid() == own);
    assertThat(ofThisJvm.membersFromPs()).anyMatch(member -> member.pid() == own);
  }

  private static long groupOfThisJvm() throws IOException {
    Process ps = new ProcessBuilder("ps", "-o", "pgid=", "-p", Long.toString(ProcessHandle.current().pid())).start();
    try (var output = ps.inputReader()) {
      return Long.parseLong(output.readLine().strip());
    }
  }
}
