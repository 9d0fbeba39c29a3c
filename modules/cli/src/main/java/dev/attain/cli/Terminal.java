package dev.attain.cli;

import java.io.PrintStream;

/**
 * Where a person looks: results on {@code out}, progress on {@code progress}.
 *
 * @param interactive progress may rewrite its last line
 */
record Terminal(PrintStream out, PrintStream progress, boolean interactive, boolean colour) {
  static Terminal ofThisProcess() {
    // The launcher tells which streams are terminals; Java itself only knows about both at once.
    boolean progressIsTerminal = Boolean.getBoolean("attain.terminal.err");
    boolean resultsAreTerminal = Boolean.getBoolean("attain.terminal.out");
    return new Terminal(System.out, System.err, progressIsTerminal,
        resultsAreTerminal && System.getenv("NO_COLOR") == null);
  }
}
