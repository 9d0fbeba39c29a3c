package dev.attain.cli;

/** What is being done at the moment: one line that is rewritten on a terminal, and a line each elsewhere. */
final class StatusLine {
  private final Terminal terminal;
  private boolean open;

  StatusLine(Terminal terminal) {
    this.terminal = terminal;
  }

  /** A line that stays. */
  void say(String line) {
    end();
    terminal.progress().println(line);
  }

  /** A line that the next one replaces, where the terminal can do that. */
  void update(String line) {
    if (terminal.interactive()) {
      terminal.progress().print("\r\033[K" + line);
      terminal.progress().flush();
      open = true;
    } else {
      terminal.progress().println(line);
    }
  }

  /** Leaves the line that would have been replaced, and goes to the next. */
  void leave() {
    if (open) {
      terminal.progress().println();
      open = false;
    }
  }

  /** Removes the line that would have been replaced. */
  void end() {
    if (open) {
      terminal.progress().print("\r\033[K");
      terminal.progress().flush();
      open = false;
    }
  }
}
