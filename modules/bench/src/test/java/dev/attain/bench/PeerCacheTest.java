package dev.attain.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** With a script in Python's place, so that no registry is asked. */
@EnabledOnOs(OS.LINUX)
class PeerCacheTest {
  @TempDir
  private Path folder;

  @Test
  void oneFileOfAWheelIsKeptAndTheRestIsNot() throws Exception {
    PeerCache cache = cache("cp " + wheel() + " \"${@: -2:1}\"; echo called >>" + folder.resolve("calls"));

    Path tool = cache.fileOfWheel("tool", "1.2", "tool/tool-rs");
    Path again = cache.fileOfWheel("tool", "1.2", "tool/tool-rs");

    assertThat(tool).isExecutable().hasContent("a program").isEqualTo(again);
    assertThat(folder.resolve("calls")).as("asked once, then kept").hasContent("called");
    try (var left = Files.list(folder.resolve("cache/peers"))) {
      assertThat(left).containsExactly(tool.getParent());
    }
  }

  @Test
  void whatTheRegistryRefusesIsSaidInItsWords() throws IOException {
    PeerCache cache = cache("echo 'ERROR: No matching distribution found for tool==1.2'; exit 1");

    assertThatThrownBy(() -> cache.fileOfWheel("tool", "1.2", "tool/tool-rs")).isInstanceOf(ContenderException.class)
        .hasMessage("cannot be had: ERROR: No matching distribution found for tool==1.2");
  }

  @Test
  void commandLivesInAnEnvironmentOfItsOwnThatIsMadeOnce() throws Exception {
    PeerCache cache = cache("""
      echo "$2 ${@: -1}" >>%s
      if [ "$2" = venv ]; then
        mkdir -p "$3/bin" && cp "$0" "$3/bin/python"
      else
        touch "${0%%/*}/tool" && chmod +x "${0%%/*}/tool"
      fi""".formatted(folder.resolve("calls")));

    Path tool = cache.command("tool", "1.2", "tool");
    cache.command("tool", "1.2", "tool");

    assertThat(tool).isEqualTo(folder.resolve("cache/peers/tool-1.2/bin/tool")).isExecutable();
    assertThat(folder.resolve("calls"))
        .hasContent("venv " + folder.resolve("cache/peers/tool-1.2") + "\npip tool==1.2");
  }

  @Test
  void halfMadeEnvironmentIsMadeAnew() throws Exception {
    Path leftOver = Files.createDirectories(folder.resolve("cache/peers/tool-1.2/bin")).resolve("tool");
    Files.createFile(leftOver);
    PeerCache cache = cache("echo 'no space left'; exit 1");

    assertThatThrownBy(() -> cache.command("tool", "1.2", "tool")).isInstanceOf(ContenderException.class)
        .hasMessage("cannot be had: no space left");
    assertThat(leftOver).doesNotExist();
  }

  @Test
  void missingPythonIsNamed() {
    var cache = new PeerCache(folder.resolve("cache"), "/no/such/python3", folder);

    assertThatThrownBy(() -> cache.command("tool", "1.2", "tool")).isInstanceOf(ContenderException.class)
        .hasMessageContaining("cannot start /no/such/python3");
  }

  @Test
  void wheelWithoutTheFileIsSaidToBeSo() throws IOException {
    PeerCache cache = cache("cp " + wheel() + " \"${@: -2:1}\"");

    assertThatThrownBy(() -> cache.fileOfWheel("tool", "1.2", "tool/other")).isInstanceOf(ContenderException.class)
        .hasMessage("the wheel of tool 1.2 holds no tool/other");
  }

  private PeerCache cache(String script) throws IOException {
    Path python = Files.writeString(folder.resolve("python"), "#!/usr/bin/env bash\n" + script + "\n");
    assertThat(python.toFile().setExecutable(true)).isTrue();
    return new PeerCache(folder.resolve("cache"), python.toString(), folder);
  }

  private Path wheel() throws IOException {
    Path wheel = folder.resolve("tool-1.2-py3-none-any.whl");
    try (var zip = new ZipOutputStream(Files.newOutputStream(wheel))) {
      zip.putNextEntry(new ZipEntry("tool/tool-rs"));
      zip.write("a program".getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
    }
    return wheel;
  }
}
