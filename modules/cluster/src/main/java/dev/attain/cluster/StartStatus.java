package dev.attain.cluster;

import java.time.Duration;
import java.util.List;

/**
 * How far one instance is on its way up, as the coordinator last heard.
 *
 * @param sinceNanos when its present attempt began, in the coordinator's time
 */
record StartStatus(List<Integer> gpus, String phase, String progress, long sinceNanos) {
  private static final String READY = "ready";

  static StartStatus waiting(long nowNanos) {
    return new StartStatus(List.of(), "waiting to be started", "", nowNanos);
  }

  StartStatus reached(EngineProtocol.InstanceState state, long nowNanos) {
    boolean anew = state.phase().equals(EngineProtocol.InstanceState.STARTING);
    return new StartStatus(state.gpus(), state.phase(), state.progress(), anew ? nowNanos : sinceNanos);
  }

  StartStatus ready() {
    return new StartStatus(gpus, READY, "", sinceNanos);
  }

  StartStatus down() {
    return new StartStatus(gpus, "down", "", sinceNanos);
  }

  String describe() {
    return (phase + " " + progress).strip();
  }

  RunEvent.EngineStart shown(String instance, long nowNanos) {
    return new RunEvent.EngineStart(instance, gpus, phase, progress, phase.equals(READY),
        Duration.ofNanos(nowNanos - sinceNanos));
  }
}
