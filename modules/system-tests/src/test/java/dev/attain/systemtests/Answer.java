package dev.attain.systemtests;

import java.io.IOException;
import java.time.Duration;

/** How a {@link FakeServer} answers one request for {@code tokens} tokens. */
interface Answer {
  void write(Wire wire, int tokens) throws IOException, InterruptedException;

  /** The first token after {@code ttft}, each further one at least {@code gap} after the one before. */
  static Answer paced(Duration ttft, Duration gap) {
    return stalling(ttft, gap, Stall.never());
  }

  /** As {@link #paced}; while the stall lasts, nothing is sent. */
  static Answer stalling(Duration ttft, Duration gap, Stall stall) {
    return (wire, tokens) -> {
      Thread.sleep(ttft);
      stall.waitForItsEnd();
      wire.stream();
      wire.token();
      for (int k = 1; k < tokens; k++) {
        Thread.sleep(gap);
        stall.waitForItsEnd();
        wire.token();
      }
      wire.finish(tokens, true);
      wire.end();
    };
  }

  /** At once and in full. */
  static Answer good() {
    return paced(Duration.ZERO, Duration.ZERO);
  }

  static Answer status500() {
    return (wire, tokens) -> wire.whole(500, "{\"error\":{\"message\":\"out of luck\",\"code\":500}}");
  }

  /** Says nothing, for longer than any test waits. */
  static Answer silence() {
    return (wire, tokens) -> Thread.sleep(Duration.ofHours(1));
  }

  static Answer hangingUpInTheMiddle() {
    return (wire, tokens) -> {
      wire.stream();
      wire.token();
      wire.hangUp();
    };
  }

  static Answer errorEventAfter200() {
    return (wire, tokens) -> {
      wire.stream();
      wire.token();
      wire.event("{\"error\":{\"message\":\"engine is dead\",\"type\":\"internal_error\",\"code\":500}}");
      wire.event("[DONE]");
      wire.end();
    };
  }

  /** All tokens, but then neither a finish reason nor [DONE]. */
  static Answer endingWithoutDone() {
    return (wire, tokens) -> {
      wire.stream();
      for (int k = 0; k < tokens; k++) {
        wire.token();
      }
      wire.end();
    };
  }

  /** Everything but [DONE], on a connection that stays open. */
  static Answer neverDone() {
    return (wire, tokens) -> {
      wire.stream();
      for (int k = 0; k < tokens; k++) {
        wire.token();
      }
      wire.finish(tokens, false);
      Thread.sleep(Duration.ofHours(1));
    };
  }
}
