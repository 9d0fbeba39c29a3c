package dev.attain.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attain.engines.SelfCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a user sees when engines are brought up on GPUs. The engine is a shell script that says what vLLM says and then
 * becomes the simulator, which takes the same flags; nvidia-smi is another.
 */
@StartsProcesses
@Tag("long")
class EngineStartTest {
  private static final String TWO_GPUS = "echo '0, GPU-0, NVIDIA H200, 143771, 4, 580.95.05'\n"
      + "echo '1, GPU-1, NVIDIA H200, 143771, 4, 580.95.05'";

  @TempDir
  Path folder;
  private Map<String, String> environment;

  @BeforeEach
  void findNvidiaSmiFirst() throws IOException {
    environment = Map.of("PATH",
        Files.createDirectory(folder.resolve("bin")) + System.getProperty("path.separator") + System.getenv("PATH"));
  }

  private void program(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void nvidiaSmi(String gpus, String processes) throws IOException {
    program(folder.resolve("bin/nvidia-smi"), """
      case $1 in
        --query-gpu=*) %s ;;
        --query-compute-apps=*) %s ;;
        *) exit 1 ;;
      esac
      """.formatted(gpus, processes));
  }

  /** Called as vLLM is: {@code vllm serve MODEL FLAGS...}. */
  private Path experiment(String vllm, String deployment) throws IOException {
    program(folder.resolve("vllm"), "shift 2\n" + vllm);
    return Experiments.write(folder, "gpus", """
      engine { kind = vllm, executable = "./vllm serve" }
      deployments = [{ name = colocated, kind = colocated, %s }]
      """.formatted(deployment));
  }

  private static String becomeSimulator() {
    List<String> command = SelfCommand.ofThisJvm().command(128L << 20,
        List.of("simulate-engine", "--model", "qwen3-0.6b", "--sim-gpu", "h100"));
    return "exec " + command.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" ")) + " \"$@\"";
  }

  private AttainProcess.Ended attain(String... arguments) {
    return AttainProcess.run(folder, environment, arguments);
  }

  @Test
  void anEngineThatEndsAtItsStartIsStartedAgainAndItsGpusAndVersionAreRecorded() throws IOException {
    nvidiaSmi(TWO_GPUS, ":");
    Path conf = experiment("""
      if mkdir '%s' 2>/dev/null; then echo 'OSError: [Errno 98] Address already in use'; exit 1; fi
      echo 'GPU KV cache size: 782,752 tokens'
      sleep 2
      %s
      """.formatted(folder.resolve("tried"), becomeSimulator()), "tensor-parallel = 2");
    AttainProcess.Ended ended = attain("run", conf.toString());

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.err()).contains(
        "note: a port that was free a moment ago is in use (colocated-0 ended with exit code 1 before it was ready)",
        "it is started again, attempt 2 of 2", "engines: colocated-0 on gpus 0,1: KV cache size 782,752 tokens, ");
    JsonNode manifest = ended.bundle().manifest();
    assertThat(manifest.get("gpus")).extracting(gpu -> gpu.get("uuid").asText()).containsExactly("GPU-0", "GPU-1");
    assertThat(manifest.get("gpus").get(0).get("driver").asText()).isEqualTo("580.95.05");
    JsonNode engine = manifest.get("engines").get(0);
    assertThat(engine.get("gpus")).extracting(JsonNode::asInt).containsExactly(0, 1);
    assertThat(engine.get("version").asText()).isNotEmpty();
    assertThat(engine.get("environment").get("CUDA_VISIBLE_DEVICES").asText()).isEqualTo("0,1");
  }

  @Test
  void aKnownCauseIsOneSentenceBeforeTheLogAndIsNotTriedAgain() throws IOException {
    nvidiaSmi(TWO_GPUS, ":");
    Path conf = experiment("""
      echo "ValueError: To serve at least one request with the model's max seq len (131072), (16.00 GiB KV cache is \
      needed, which is larger than the available KV cache memory (9.97 GiB). Try increasing gpu_memory_utilization." \
      | tr -s ' '
      exit 1
      """, "replicas = 1");
    AttainProcess.Ended ended = attain("run", conf.toString());

    assertThat(ended.exitCode()).isEqualTo(4);
    assertThat(ended.err()).contains("attain: engine colocated-0 of colocated: one request of 131072 tokens needs "
        + "16.00 GiB of KV cache, and there are 9.97 GiB; lower engine.max-model-len or raise "
        + "engine.gpu-memory-utilization (colocated-0 ended with exit code 1 before it was ready); the last lines of")
        .doesNotContain("started again", "\tat ");
  }

  @Test
  void tooFewGpusAreTheSameSentenceInCheckAndRun() throws IOException {
    nvidiaSmi(TWO_GPUS, ":");
    Path conf = experiment("exit 1", "tensor-parallel = 4");
    String sentence = "the instances need 4 GPUs (colocated-0: 4), and this node has 2, 2 of them free; take fewer "
        + "instances or a smaller tensor-parallel, or add an engine node";

    assertThat(attain("check", conf.toString()).out()).contains("on this machine alone: " + sentence);
    AttainProcess.Ended ended = attain("run", conf.toString());
    assertThat(ended.exitCode()).isEqualTo(4);
    assertThat(ended.err()).contains("attain: engines of colocated: " + sentence);
  }

  @Test
  void aGpuThatWorksForSomebodyElseIsNamedWithTheProcess() throws IOException {
    nvidiaSmi("echo '0, GPU-0, NVIDIA H200, 143771, 90000, 580.95.05'", "echo 'GPU-0, 4711, 89000, python3'");
    Path conf = experiment("exit 1", "replicas = 1");

    assertThat(attain("check", conf.toString()).out())
        .contains("others in use: GPU 0 (NVIDIA H200, 90000 of 143771 MiB "
            + "used by process 4711 (python3, 89000 MiB)); stop what runs there");
  }

  @Test
  void aModelFolderThatIsNotThereIsTheSameSentenceInCheckAndRun() throws IOException {
    Path conf = experiment("exit 1", "replicas = 1");
    String sentence = "there is no model folder " + folder.resolve("none")
        + "; correct model.path, or put the model there";
    String path = "model.path=" + folder.resolve("none");

    AttainProcess.Ended checked = attain("check", conf.toString(), "-D", path);
    assertThat(checked.out()).contains("on this machine: " + sentence);
    assertThat(checked.exitCode()).isZero();
    AttainProcess.Ended ended = attain("run", conf.toString(), "-D", path);
    assertThat(ended.exitCode()).isEqualTo(4);
    assertThat(ended.err()).contains("attain: engine colocated-0 of colocated: could not start: " + sentence);
  }

  @Test
  void memoryOfAGpuThatDoesNotComeBackIsWaitedForAndNoted() throws IOException {
    Path taken = folder.resolve("taken");
    nvidiaSmi(
        "[ -f '%s' ] && used=90000; echo \"0, GPU-0, NVIDIA H200, 143771, ${used:-4}, 580.95.05\"".formatted(taken),
        "echo 'GPU-0, 4711, 89000, python3'");
    Path conf = experiment("touch '%s'\n%s".formatted(taken, becomeSimulator()), "replicas = 1");
    AttainProcess.Ended ended = attain("run", conf.toString());

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.err()).contains("note: colocated-0: 30 s after its end GPU 0 still has 90000 of 143771 "
        + "MiB in use by process 4711 (python3, 89000 MiB), 4 before its start");
  }

  @Test
  void aNodeThatNobodyIsIsNamed() throws IOException {
    Path conf = experiment("exit 1", "node = \"10.99.0.1\"");
    AttainProcess.Ended ended = attain("run", conf.toString());
    assertThat(ended.exitCode()).isEqualTo(4);
    assertThat(ended.err()).contains(
        "attain: engines of colocated: colocated-0 is bound to the engine node 10.99.0.1, and there are only 127.0.0.1:");
  }
}
