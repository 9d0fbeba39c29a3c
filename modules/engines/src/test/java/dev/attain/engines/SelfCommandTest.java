package dev.attain.engines;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelfCommandTest {
  private static final long MIB = 1L << 20;

  @Test
  void olderJvmsAreNotGivenFlagsTheyDoNotKnow() {
    assertThat(of(21).command(64 * MIB, List.of("node", "--role", "load"))).containsExactly("/jdk/bin/java", "-Xmx64m",
        "-XX:+UseSerialGC", "-XX:MetaspaceSize=96m", "-XX:+ExitOnOutOfMemoryError", "-Dattain.home=/a b", "-cp",
        "/lib/*", "dev.attain.cli.Main",
        "node", "--role", "load");
    assertThat(of(22).command(64 * MIB, List.of())).contains("--enable-native-access=ALL-UNNAMED")
        .doesNotContain("--sun-misc-unsafe-memory-access=allow");
  }

  @Test
  void newerJvmsAreKeptFromWarning() {
    assertThat(of(25).command(64 * MIB, List.of())).contains("--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow");
  }

  @Test
  void theHeapIsRoundedUpToWholeMebibytes() {
    assertThat(of(25).command(64 * MIB + 1, List.of())).contains("-Xmx65m");
  }

  @Test
  void thisJvmsJavaAndClassPathAreFound() {
    SelfCommand self = SelfCommand.ofThisJvm();
    assertThat(self.java()).isExecutable();
    assertThat(self.classPath()).contains("engines");
    assertThat(self.featureVersion()).isGreaterThanOrEqualTo(21);
  }

  @Test
  void aClassPathOfAllJarsOfAFolderIsShort(@TempDir Path folder) throws IOException {
    String first = Files.createFile(folder.resolve("a.jar")).toString();
    String second = Files.createFile(folder.resolve("b.jar")).toString();
    assertThat(SelfCommand.shortened(second + File.pathSeparator + first)).isEqualTo(folder + "/*");
    assertThat(SelfCommand.shortened(first)).isEqualTo(first);
    assertThat(SelfCommand.shortened(first + File.pathSeparator + "classes")).endsWith("classes");
    assertThat(SelfCommand.shortened("")).isEmpty();
  }

  private static SelfCommand of(int featureVersion) {
    return new SelfCommand(Path.of("/jdk/bin/java"), featureVersion, "/lib/*", "dev.attain.cli.Main",
        List.of("-Dattain.home=/a b"));
  }
}
