package dev.attain.cluster;

import dev.attain.engines.EngineKind;
import dev.attain.engines.EngineState;
import dev.attain.engines.EngineVersion;
import dev.attain.engines.Gpu;
import dev.attain.engines.GpuRelease;
import dev.attain.engines.GuardedProcess;
import dev.attain.engines.InstanceSpec;
import dev.attain.engines.LaunchPlan;
import dev.attain.engines.ModelFolder;
import dev.attain.engines.NotReadyException;
import dev.attain.engines.Ports;
import dev.attain.engines.Readiness;
import dev.attain.engines.SelfCommand;
import dev.attain.experiment.Engine;
import dev.attain.measurement.NanoClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How one instance is started, waited for and stopped on this node. Methods block.
 *
 * @param gpus the ones it gets, as they were before
 * @param host the address it listens on
 * @param self how to start this program, for engines that are part of it
 * @param log where all its attempts write
 * @param deadlineNanos when it must be ready, in the time of {@code clock}
 */
record InstanceStart(EngineProtocol.InstanceOrder order, List<Gpu> gpus, String host, SelfCommand self, Path log,
    NanoClock clock, long deadlineNanos) {
  /** The driver frees the memory of a process some seconds after its end. */
  private static final Duration GPU_RELEASE = Duration.ofSeconds(30);

  /** A process that was started. */
  record Running(InstanceSpec spec, LaunchPlan plan, GuardedProcess process) {}

  InstanceStart {
    gpus = List.copyOf(gpus);
  }

  String id() {
    return order.id();
  }

  List<Integer> gpuIndices() {
    return gpus.stream().map(Gpu::index).toList();
  }

  /** How often it may be started in all. */
  int attempts() {
    return order.engine() instanceof Engine.Installed installed ? installed.launch().startAttempts() : 1;
  }

  Duration timeLeft() {
    return Duration.ofNanos(deadlineNanos - clock.nanos());
  }

  /** Starts the process, each time on other ports. */
  Running launch(int attempt) {
    ModelFolder.problem(order.engine(), order.model()).ifPresent(problem -> {
      throw new IllegalArgumentException(problem);
    });
    try {
      InstanceSpec spec = order.spec(gpuIndices(), host, Ports.forInstance(host));
      LaunchPlan plan = EngineKind.of(order.engine()).plan(spec, self);
      if (attempt > 1) {
        Files.writeString(log, "%n----- attempt %d of %d%n".formatted(attempt, attempts()),
            StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      }
      return new Running(spec, plan, GuardedProcess.start(plan.command(), plan.environment(), log));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /**
   * Returns the version of what is then ready.
   *
   * @param progress told whenever the log tells of another state
   */
  String awaitReady(Running running, Consumer<EngineState> progress) {
    try {
      Readiness.await(id(), running.plan(), Optional.of(order.model().name()), running.process(), timeLeft(), progress);
      return EngineVersion.of(running.plan());
    } catch (NotReadyException e) {
      throw new IllegalStateException(e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(id() + ": the wait for it was interrupted", e);
    }
  }

  /** Removes what an attempt left behind, so that the next one finds its GPUs as the first did. */
  void clear(GuardedProcess ended, Duration grace) {
    ended.stop(grace);
    // On a shared GPU the other instance may be taking memory at this moment.
    if (order.engine() instanceof Engine.Installed installed && installed.launch().gpus().instancesPerGpu() == 1) {
      release();
    }
  }

  /** Stops the process; what a person should know when it, or the memory of its GPUs, is not gone then. */
  List<String> stop(GuardedProcess process, Duration grace) {
    List<String> problems = new ArrayList<>();
    try {
      process.stop(grace);
    } catch (IllegalStateException e) {
      problems.add(Reasons.of(e));
    }
    problems.addAll(release());
    return problems;
  }

  private List<String> release() {
    try {
      return GpuRelease.await(gpus, GPU_RELEASE).stream().toList();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }
}
