package dev.attain.experiment;

import java.util.List;

/**
 * A configuration that describes no experiment. Carries everything that is wrong with it, so that one look mends all.
 */
public final class ConfigurationException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<String> problems;

  ConfigurationException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = List.copyOf(problems);
  }

  /** At least one; each a sentence such as {@code conf/x.conf:12: slo.ttft: 500 has no unit; write 500 ms}. */
  public List<String> problems() {
    return problems;
  }
}
