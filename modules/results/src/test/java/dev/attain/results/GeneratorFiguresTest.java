package dev.attain.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class GeneratorFiguresTest {
  private final GeneratorFigures figures = GeneratorFigures.of(17.5,
      List.of(SampleGenerator.TELLING, SampleGenerator.TACITURN));

  @Test
  void ofEachFigureTheWorstNodeCounts() {
    assertThat(figures.busiestLoop()).isEqualTo(0.12);
    assertThat(figures.gcPauseMax()).isEqualTo(0.004);
    assertThat(figures.loopLagP99()).contains(0.0009);
    assertThat(figures.loopLagMax()).contains(0.006);
    assertThat(figures.stallMax()).contains(0.009);
    assertThat(figures.failedConnects()).contains(3L);
    assertThat(figures.descriptorsUsed()).contains(0.12);
  }

  @Test
  void thePacerWaitsForAProcessorAsMuchAsTheLoopsDo() {
    assertThat(figures.waiting()).contains(0.03);
  }

  @Test
  void whatNoSystemTellsHasNoKeyRatherThanZero() {
    JsonNode json = Json.MAPPER.valueToTree(GeneratorFigures.of(18, List.of(SampleGenerator.TACITURN)));

    assertThat(json.fieldNames()).toIterable().containsExactlyInAnyOrder("cpuMicrosPerEvent", "busiestLoop",
        "gcPauseMax", "loopLagP99", "loopLagMax", "stallMax", "failedConnects", "nodes");
    assertThat(json.get("nodes").get(0).fieldNames()).toIterable().doesNotContain("receiveDrops", "safepointMax",
        "descriptorLimit", "localPorts", "pacerWaiting");
  }

  @Test
  void figuresComeBackAsTheyWereWritten() throws JsonProcessingException {
    assertThat(Json.MAPPER.readValue(Json.MAPPER.writeValueAsString(figures), GeneratorFigures.class))
        .isEqualTo(figures);
  }

  @Test
  void aBundleOfTheTimeBeforeIsStillReadable() throws JsonProcessingException {
    GeneratorFigures old = Json.MAPPER.readValue("""
      { "cpuMicrosPerEvent": 17, "busiestLoop": 0.1, "gcPauseMax": 0.003 }""", GeneratorFigures.class);

    assertThat(old.busiestLoop()).isEqualTo(0.1);
    assertThat(old.loopLagP99()).isEmpty();
    assertThat(old.nodes()).isEmpty();
  }

  @Test
  void whatWasAlwaysThereMustBeThere() {
    assertThatThrownBy(() -> Json.MAPPER.readValue("{ \"cpuMicrosPerEvent\": 17 }", GeneratorFigures.class))
        .isInstanceOf(JsonProcessingException.class).hasMessageContaining("busiestLoop");
  }
}
