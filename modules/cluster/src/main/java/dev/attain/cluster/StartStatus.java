package dev.attain.cluster;

import java.time.Duration;
import java.util.List;

/**
 * How far one instance is on its way up, as the coordinator last heard.
 *
 * @param ready whether it serves, which its log alone does not tell
 * @param sinceNanos when its present attempt began, in the coordinator's time
 */
record StartStatus(List<Integer> gpus, String phase, String progress, boolean ready, long sinceNanos) {

  static StartStatus waiting(long nowNanos) {
    return new StartStatus(List.of(), "waiting to be started", "", false, nowNanos);
  }

  StartStatus reached(EngineProtocol.InstanceState state, long nowNanos) {
    boolean anew = state.phase().equals(EngineProtocol.InstanceState.STARTING);
    return new StartStatus(state.gpus(), state.phase(), state.progress(), false, anew ? nowNanos : sinceNanos);
  }

  StartStatus up() {
    return new StartStatus(gpus, "ready", "", true, sinceNanos);
  }

  StartStatus down() {
    return new StartStatus(gpus, "down", "", false, sinceNanos);
  }

  String describe() {
    return (phase + " " + progress).strip();
  }

  RunEvent.EngineStart shown(String instance, long nowNanos) {
    return new RunEvent.EngineStart(instance, gpus, phase, progress, ready, Duration.ofNanos(nowNanos - sinceNanos));
  }
}
