package dev.attain.engines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.experiment.Engine;
import dev.attain.experiment.KvTransfer;
import dev.attain.experiment.Model;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFolderTest {
  private static final Engine VLLM = Specs.vllm(Specs.launch("vllm"), KvTransfer.PLAIN);

  @TempDir
  private Path folder;

  private static Model model(String path) {
    return new Model("m", path, Specs.MODEL.limits());
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    assertThat(ModelFolder.problem(VLLM, model(folder.resolve("none").toString()))).contains(
        "there is no model folder " + folder.resolve("none") + "; correct model.path, or put the model there");
    assertThat(ModelFolder.problem(VLLM, model("./none"))).isPresent();
  }

  @Test
  void foldersAndNamesOnAHubAreNoProblem() {
    assertThat(ModelFolder.problem(VLLM, model(folder.toString()))).isEmpty();
    assertThat(ModelFolder.problem(VLLM, model("meta-llama/Llama-3.1-8B"))).isEmpty();
  }

  @Test
  void theSimulatorLoadsNothing() {
    assertThat(ModelFolder.problem(new Engine.Simulator("h100", "llama-3.1-8b", Map.of(), List.of()),
        model("/none"))).isEmpty();
  }
}
