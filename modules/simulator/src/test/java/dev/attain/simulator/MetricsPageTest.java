package dev.attain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsPageTest {

  private final EngineMetrics metrics = new EngineMetrics();

  private List<String> lines() {
    return MetricsPage.of(metrics, VirtualEngine.LIMITS, "a \"b\"").lines().toList();
  }

  @Test
  void everyLineIsACommentOrASampleWithVllmsLabels() {
    assertThat(lines()).allSatisfy(line -> assertThat(line)
        .matches("# (HELP|TYPE) \\S+ .*|\\S+\\{engine=\"0\",model_name=\"a \\\\\"b\\\\\"\".*} [-0-9.E]+"));
  }

  @Test
  void histogramsAreCumulative() {
    metrics.firstToken.record(0.03);
    metrics.firstToken.record(0.05);
    metrics.firstToken.record(1e6);

    String page = String.join("\n", lines());
    assertThat(page).containsPattern("time_to_first_token_seconds_bucket\\{.*,le=\"0.02\"} 0.0")
        .containsPattern("time_to_first_token_seconds_bucket\\{.*,le=\"0.04\"} 1.0")
        .containsPattern("time_to_first_token_seconds_bucket\\{.*,le=\"0.06\"} 2.0")
        .containsPattern("time_to_first_token_seconds_bucket\\{.*,le=\"\\+Inf\"} 3.0")
        .containsPattern("time_to_first_token_seconds_count\\{.*} 3.0");
  }

  @Test
  void aValueOnABoundBelongsToItsBucket() {
    BucketHistogram histogram = new BucketHistogram(1, 2, 3);
    histogram.record(2);

    assertThat(histogram.count(1)).isEqualTo(1);
    assertThat(histogram.total()).isEqualTo(1);
    assertThat(histogram.sum()).isEqualTo(2);
  }
}
