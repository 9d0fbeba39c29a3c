package dev.attain.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.IVersionProvider;

/** Which attain this is: for {@code --version} and for the record of every run. */
final class ToolVersion implements IVersionProvider {
  static final String NUMBER = Optional.ofNullable(ToolVersion.class.getPackage().getImplementationVersion())
      .orElse("development");

  @Override
  public String[] getVersion() {
    return new String[]{"attain " + NUMBER + " (" + gitHash() + "), Java " + Runtime.version()};
  }

  /** The commit of the checkout this was started from, with {@code -dirty} when it was changed; else "unknown". */
  static String gitHash() {
    String home = System.getProperty("attain.home", "");
    if (home.isEmpty() || !Path.of(home, ".git").toFile().exists()) {
      return "unknown";
    }
    return git(home, "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*").orElse("unknown");
  }

  private static Optional<String> git(String home, String... arguments) {
    String[] command = new String[arguments.length + 3];
    command[0] = "git";
    command[1] = "-C";
    command[2] = home;
    System.arraycopy(arguments, 0, command, 3, arguments.length);
    try {
      Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      if (!process.waitFor(3, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.exitValue() == 0 && !line.isEmpty() ? Optional.of(line) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
