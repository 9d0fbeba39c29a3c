package dev.attain.engines;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a command's executable is, looked up as the shell would, so that its absence is a sentence and not a code. */
record Executables(String searchPath) {
  static Executables withEnvironment(Map<String, String> environment) {
    return new Executables(
        Optional.ofNullable(environment.get("PATH")).or(() -> Optional.ofNullable(System.getenv("PATH")))
            .orElse("/usr/bin:/bin"));
  }

  Optional<Path> find(String name) {
    if (name.contains("/")) {
      return Optional.of(Path.of(name)).filter(Executables::executable);
    }
    return List.of(searchPath.split(File.pathSeparator)).stream().map(folder -> Path.of(folder, name))
        .filter(Executables::executable).findFirst();
  }

  void require(String name) throws IOException {
    if (find(name).isPresent()) {
      return;
    }
    if (!name.contains("/")) {
      throw new IOException(
          "there is no executable %s on the PATH %s; install it, or give its full path".formatted(name, searchPath));
    }
    throw new IOException(Files.exists(Path.of(name))
        ? "%s is not an executable file; give the path of the program itself".formatted(name)
        : "there is no file %s; install the program, or correct its path".formatted(name));
  }

  /** What {@code guard.sh} makes a session with. */
  void requireSessionMaker() throws IOException {
    if (find("setsid").isEmpty() && find("perl").isEmpty()) {
      throw new IOException(
          "engines are started in a session of their own by setsid (package util-linux) or perl; neither is on the PATH "
              + searchPath);
    }
  }

  private static boolean executable(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
