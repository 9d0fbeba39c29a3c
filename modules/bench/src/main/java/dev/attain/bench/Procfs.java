package dev.attain.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** CPU time and memory of processes, as Linux's {@code /proc} tells them. */
final class Procfs {
  /** Linux reports times to programs in hundredths of a second on every architecture. */
  private static final double TICKS_PER_SECOND = 100;
  private static final int SESSION = 3;
  private static final int USER = 11;
  private static final int CHILDREN_SYSTEM = 14;

  private final Path root;

  Procfs() {
    this(Path.of("/proc"));
  }

  Procfs(Path root) {
    this.root = root;
  }

  /**
   * One process.
   *
   * @param session id of the session that it belongs to, however often it has been handed to another parent
   * @param cpuSeconds of all its threads, and of the children it has waited for
   */
  record Seen(long pid, long session, double cpuSeconds, long residentBytes) {}

  /** The process; empty when there is none of this id. */
  Optional<Seen> process(long pid) {
    try {
      String stat = Files.readString(root.resolve(pid + "/stat"));
      // The program's name stands in parentheses and may hold anything, blanks and parentheses included.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).trim().split(" ");
      long ticks = 0;
      for (int at = USER; at <= CHILDREN_SYSTEM; at++) {
        ticks += Long.parseLong(fields[at]);
      }
      return Optional.of(new Seen(pid, Long.parseLong(fields[SESSION]), ticks / TICKS_PER_SECOND, resident(pid)));
    } catch (IOException e) {
      // It has ended meanwhile.
      return Optional.empty();
    }
  }

  /** All processes of a session. */
  List<Seen> session(long session) {
    List<Seen> members = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(root, "[0-9]*")) {
      for (Path folder : folders) {
        process(Long.parseLong(folder.getFileName().toString())).filter(seen -> seen.session() == session)
            .ifPresent(members::add);
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + root + ", which measuring CPU time needs: " + e.getMessage(), e);
    }
    return members;
  }

  private long resident(long pid) throws IOException {
    return Files.readAllLines(root.resolve(pid + "/status")).stream().filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024).findFirst().orElse(0);
  }
}
