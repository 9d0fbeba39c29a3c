package dev.attain.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.attain.results.PointEntry;
import java.util.List;

/** The figures of a bundle's summaries against those that a program in another language gets from the records. */
final class Recomputation {
  private static final List<String> LATENCIES = List.of("ttft", "serviceTtft", "tpot", "e2e", "normalizedLatency",
      "sendLag");
  private static final List<String> RANKS = List.of("p50", "p90", "p95", "p99", "p999", "max");
  /** Histograms have three significant digits, and latencies are rounded up to whole microseconds before. */
  private static final double RESOLUTION = 1e-3;
  private static final double MICRO = 1e-6;
  private static final double ROUNDING = 1e-12;

  private Recomputation() {}

  /** Counts and shares must be equal, percentiles and means as far as histograms tell; skipped without Python. */
  static void mustAgree(RunBundle bundle) throws JsonProcessingException {
    JsonNode recomputed = new ObjectMapper().readTree(NumpyPython.run("recompute.py", bundle.folder()));
    assertThat(recomputed).hasSameSizeAs(bundle.summaries());
    for (PointEntry point : bundle.bundle().manifest().points()) {
      JsonNode summary = RunBundle.json(bundle.folder().resolve(point.path()).resolve("summary.json"));
      JsonNode own = recomputed.get(point.point());
      for (String count : List.of("completed", "failed", "timedOut", "unsent", "lost")) {
        assertThat(own.get(count).asLong()).as(point.point() + " " + count).isEqualTo(summary.get(count).asLong());
      }
      for (String share : List.of("both", "ttft", "tpot")) {
        assertThat(own.get("attainment").get(share).asDouble()).as(point.point() + " attainment " + share)
            .isEqualTo(summary.get("attainment").get(share).asDouble());
      }
      assertThat(own.get("goodput").asDouble()).as(point.point() + " goodput")
          .isEqualTo(summary.get("goodput").asDouble());
      LATENCIES.forEach(metric -> mustAgree(point.point() + " " + metric, own.get(metric), summary.get(metric)));
    }
  }

  /** A figure of a histogram is the upper end of its bucket. */
  private static void mustAgree(String what, JsonNode own, JsonNode summary) {
    assertThat(own.get("count").asLong()).as(what + " count").isEqualTo(summary.get("count").asLong()).isPositive();
    for (String rank : RANKS) {
      double exact = own.get(rank).asDouble();
      assertThat(summary.get(rank).asDouble()).as(what + " " + rank)
          .isBetween(exact - ROUNDING, exact * (1 + RESOLUTION) + MICRO);
    }
    double mean = own.get("mean").asDouble();
    assertThat(summary.get("mean").asDouble()).as(what + " mean").isBetween(mean * (1 - RESOLUTION),
        mean * (1 + RESOLUTION) + MICRO);
  }
}
