package dev.attain.engines;

import java.util.List;
import java.util.Optional;

/** How a kind of engine writes {@code GET /metrics}. Pure. */
public sealed interface MetricNames permits PrometheusNames, IterationStats {

  /** What the page says; empty when it has none of this kind's figures. */
  Optional<EnginePage> read(String page);

  /** The kind of engine that wrote this page, by the names in it; empty when it is none known here. */
  static Optional<MetricNames> recognised(String page) {
    List<MetricNames> all = List.of(PrometheusNames.VLLM, PrometheusNames.SGLANG, PrometheusNames.LMDEPLOY,
        new IterationStats());
    return all.stream().filter(names -> names.read(page).isPresent()).findFirst();
  }
}
