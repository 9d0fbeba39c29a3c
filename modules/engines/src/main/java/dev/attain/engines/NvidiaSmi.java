package dev.attain.engines;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks {@code nvidia-smi}, which comes with the driver. Blocks for up to some seconds. */
public final class NvidiaSmi {
  static final String PROGRAM = "nvidia-smi";
  private static final String TABLE = "--format=csv,noheader,nounits";
  private static final long PATIENCE_SECONDS = 20;

  private NvidiaSmi() {}

  /**
   * The GPUs that engines started by this JVM may use; empty when there is no {@code nvidia-smi}, as on machines without
   * such GPUs.
   *
   * @throws IOException when it fails; the message is a sentence for the user
   */
  public static Optional<GpuInventory> inventory() throws IOException, InterruptedException {
    return inventory(System.getenv());
  }

  static Optional<GpuInventory> inventory(Map<String, String> environment) throws IOException, InterruptedException {
    Optional<Path> program = Executables.withEnvironment(environment).find(PROGRAM);
    if (program.isEmpty()) {
      return Optional.empty();
    }
    try {
      GpuInventory all = GpuInventory.parse(
          answer(program.get(), "--query-gpu=" + GpuInventory.FIELDS, TABLE),
          unlessRefused(program.get(), "--query-compute-apps=" + GpuInventory.PROCESS_FIELDS, TABLE),
          unlessRefused(program.get(), "topo", "-m"));
      return Optional.of(Optional.ofNullable(environment.get("CUDA_VISIBLE_DEVICES")).map(all::visible).orElse(all));
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Not every container lets links and processes be read; without them GPUs are placed all the same. */
  private static String unlessRefused(Path program, String... arguments) throws InterruptedException {
    try {
      return answer(program, arguments);
    } catch (IOException unknown) {
      return "";
    }
  }

  private static String answer(Path program, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("nvidia-smi does not answer; see whether the driver still works");
    }
    // Little enough to wait in the pipe until here.
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.exitValue() != 0) {
      throw new IOException("nvidia-smi fails with: %s; see whether the driver works"
          .formatted(output.strip().lines().findFirst().orElse("exit code " + process.exitValue())));
    }
    return output;
  }
}
