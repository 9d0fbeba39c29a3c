package dev.attain.report;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Chromium without a window, for looking at a page as its readers' browsers do. */
final class Browser {
  private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome",
      "google-chrome-stable");
  private static final int SECONDS = 120;

  private final Path program;
  private final Path folder;

  private Browser(Path program, Path folder) {
    this.program = program;
    this.folder = folder;
  }

  /** Skips the test where there is none. */
  static Browser orSkip(Path folder) {
    Optional<Path> found = Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .flatMap(directory -> NAMES.stream().map(name -> Path.of(directory, name))).filter(Files::isExecutable)
        .findFirst();
    if (found.isEmpty()) {
      System.out.println("SKIPPED: the page was not opened in a browser, because none of " + NAMES
          + " is on the PATH; install Chromium");
    }
    assumeTrue(found.isPresent(), "no Chromium on the PATH");
    return new Browser(found.orElseThrow(), folder);
  }

  /** The document as it is once its script has run. */
  String open(Path page, String... flags) throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "dom", ".html");
    var command = new ArrayList<>(List.of(program.toString(), "--headless", "--no-sandbox", "--disable-gpu",
        "--user-data-dir=" + folder.resolve("profile"), "--virtual-time-budget=5000", "--dump-dom"));
    command.addAll(List.of(flags));
    command.add(page.toUri().toString());
    Process process = new ProcessBuilder(command).redirectOutput(output.toFile())
        .redirectError(ProcessBuilder.Redirect.DISCARD).start();
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new AssertionError(program + " was not done after " + SECONDS + " s");
    }
    return Files.readString(output, StandardCharsets.UTF_8);
  }

  /** The page with one more script, which runs after the page's own. */
  static Path withScript(Path page, String script) throws IOException {
    String html = Files.readString(page);
    return Files.writeString(page.resolveSibling("probed.html"),
        html.replace("</body>", "<script>//<![CDATA[\n" + script + "\n//]]></script></body>"));
  }

  /** The page as it is where scripts are not allowed. */
  static Path withoutScripts(Path page) throws IOException {
    return Files.writeString(page.resolveSibling("without-scripts.html"),
        Files.readString(page).replace("script-src 'unsafe-inline'", "script-src 'none'"));
  }

  /** An attribute of the root element. */
  static Optional<String> data(String document, String name) {
    String start = document.substring(0, document.indexOf('>', document.indexOf("<html")));
    return Stream.of(start.split("data-" + name + "=\"", 2)).skip(1).map(rest -> rest.substring(0, rest.indexOf('"')))
        .findFirst();
  }
}
