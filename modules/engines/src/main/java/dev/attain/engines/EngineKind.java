package dev.attain.engines;

import dev.attain.experiment.Engine;
import java.util.Optional;

/** A kind of engine: what to start for an instance of it. Stateless. */
public sealed interface EngineKind
    permits SimulatorKind, VllmKind, SglangKind, TensorRtLlmKind, LmdeployKind, TransformersKind {

  /**
   * How to start {@code spec}; a pure function, nothing is started, reserved or looked up.
   *
   * @param self how to start this program, for engines that are part of it
   * @throws IllegalArgumentException when the engine's options set what only the deployment can, or the engine cannot
   * take the role; the message is a sentence for the user
   */
  LaunchPlan plan(InstanceSpec spec, SelfCommand self);

  /** How an instance of this kind writes its metrics page; empty for a kind that has none. */
  Optional<MetricNames> metrics();

  /** What requests to it may say; the same for every instance. */
  RequestDialect dialect();

  /** The kind that {@code engine} asks for. */
  static EngineKind of(Engine engine) {
    return switch (engine) {
      case Engine.Simulator simulator -> new SimulatorKind(simulator);
      case Engine.Vllm vllm -> new VllmKind(vllm);
      case Engine.Sglang sglang -> new SglangKind(sglang);
      case Engine.TensorRtLlm tensorRtLlm -> new TensorRtLlmKind(tensorRtLlm);
      case Engine.Lmdeploy lmdeploy -> new LmdeployKind(lmdeploy);
      case Engine.TransformersServe transformers -> new TransformersKind(transformers);
    };
  }
}
