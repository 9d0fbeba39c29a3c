package dev.attain.engines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The living processes of a process group. Zombies do not count: in a container whose first process reaps nothing they
 * stay for ever.
 */
record ProcessGroup(long id) {
  private static final Path PROC = Path.of("/proc");

  record Member(long pid, String name) {
    @Override
    public String toString() {
      return pid + " (" + name + ")";
    }
  }

  /** From /proc where there is one (Linux), else from {@code ps} (macOS). */
  List<Member> members() {
    try {
      return Files.isReadable(PROC.resolve("self/stat")) ? membersFromProc() : membersFromPs();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the processes of this machine", e);
    }
  }

  /** KILL to every living process of the group. */
  void kill() {
    for (Member member : members()) {
      ProcessHandle.of(member.pid()).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  private List<Member> membersFromProc() throws IOException {
    List<Member> members = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        statLine(process).flatMap(this::ofStatLine).ifPresent(members::add);
      }
    }
    return members;
  }

  private static Optional<String> statLine(Path process) {
    try {
      return Optional.of(Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1));
    } catch (IOException ended) {
      return Optional.empty();
    }
  }

  /** {@code pid (name) state parent group ...}; the name may hold anything, brackets and blanks too. */
  Optional<Member> ofStatLine(String line) {
    int open = line.indexOf('(');
    int close = line.lastIndexOf(')');
    if (open < 0 || close < open) {
      return Optional.empty();
    }
    String[] fields = line.substring(close + 1).strip().split(" ");
    boolean living = !fields[0].startsWith("Z") && !fields[0].startsWith("X");
    return living && Long.parseLong(fields[2]) == id
        ? Optional.of(new Member(Long.parseLong(line.substring(0, open).strip()), line.substring(open + 1, close)))
        : Optional.empty();
  }

  List<Member> membersFromPs() throws IOException {
    Process ps = new ProcessBuilder("ps", "-A", "-o", "pgid=", "-o", "pid=", "-o", "stat=", "-o", "comm=")
        .redirectError(ProcessBuilder.Redirect.DISCARD).start();
    List<Member> members = new ArrayList<>();
    try (var lines = ps.inputReader(StandardCharsets.ISO_8859_1)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] fields = line.strip().split("\\s+", 4);
        if (fields.length == 4 && !fields[2].startsWith("Z") && Long.parseLong(fields[0]) == id) {
          members.add(new Member(Long.parseLong(fields[1]), fields[3]));
        }
      }
    }
    return members;
  }
}
