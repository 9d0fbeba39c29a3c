package dev.attain.engines;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EngineVersionTest {
  @Test
  void anInstanceIsAskedForItsVersion() throws Exception {
    try (FakeEngine engine = FakeEngine.serving("tiny")) {
      assertThat(EngineVersion.of(engine.plan())).isEqualTo("0.32.0");
    }
  }

  @Test
  void whatDoesNotTellHasNone() throws Exception {
    try (FakeEngine engine = FakeEngine.serving("tiny")) {
      assertThat(EngineVersion.of(engine.plan().tellingVersionAt("/elsewhere"))).isEmpty();
      assertThat(EngineVersion.of(engine.plan().tellingVersionAt("/health"))).isEmpty();
      LaunchPlan silent = engine.plan();
      assertThat(EngineVersion.of(new LaunchPlan(silent.command(), silent.environment(), silent.baseUri(),
          silent.healthUri(), Optional.empty(), Optional.empty()))).isEmpty();
    }
  }

  @Test
  void versionsThatDifferAreNamedWithTheirInstances() {
    assertThat(EngineVersion.mismatch(new TreeMap<>(
        Map.of("decode-0", "0.32.0", "decode-1", "0.33.0", "prefill-0", "0.32.0", "prefill-1", ""))))
        .contains("the engines' versions differ (decode-0, prefill-0: 0.32.0; decode-1: 0.33.0), and NIXL joins only "
            + "equal ones: every request would fail; install the same version on every engine node");
  }

  @Test
  void equalAndUnknownVersionsProveNothing() {
    assertThat(EngineVersion.mismatch(Map.of("decode-0", "0.32.0", "prefill-0", "0.32.0", "prefill-1", ""))).isEmpty();
    assertThat(EngineVersion.mismatch(Map.of())).isEmpty();
  }
}
