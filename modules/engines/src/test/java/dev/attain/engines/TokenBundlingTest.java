package dev.attain.engines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.experiment.Engine;
import dev.attain.experiment.GpuUse;
import dev.attain.experiment.Launch;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TokenBundlingTest {
  private static boolean possible(Map<String, String> options, String... arguments) {
    return TokenBundling.possible(new Engine.Sglang(new Launch(List.of("python3"), Map.of(), options,
        List.of(arguments), new GpuUse(List.of(), 1), 1)));
  }

  @Test
  void anEngineThatDecodesTokenByTokenBundlesNone() {
    assertThat(possible(Map.of("max-num-seqs", "64"), "--seed", "1")).isFalse();
    assertThat(possible(Map.of("stream-interval", "1"))).isFalse();
    assertThat(TokenBundling.possible(new Engine.Simulator("h100", "opt-13b", Map.of(), List.of()))).isFalse();
  }

  @Test
  void speculativeDecodingMayBundleHoweverItIsWritten() {
    assertThat(possible(Map.of("speculative-algorithm", "EAGLE"))).isTrue();
    assertThat(possible(Map.of(), "--speculative-config", "{\"method\":\"ngram\"}")).isTrue();
    assertThat(possible(Map.of(), "--speculative_config.method=ngram")).isTrue();
  }

  @Test
  void anEventForSeveralStepsBundles() {
    assertThat(possible(Map.of("stream-interval", "10"))).isTrue();
    assertThat(possible(Map.of(), "--stream-interval=4")).isTrue();
    assertThat(possible(Map.of(), "--num-scheduler-steps", "8")).isTrue();
  }
}
