package dev.attain.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.results.Bundle;
import dev.attain.results.ServerSummary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a report in a real browser; skipped where there is none. */
class BrowserTest {
  private static final ServerSummary SILENT = new ServerSummary(List.of(), List.of(), OptionalDouble.empty(), Map.of());
  /** What a reader would do to the first figure: point, drag, use keys, switch a curve off. */
  private static final String HANDS = """
    const element = document.querySelector('figure');
    const drawing = element.querySelector('svg');
    const frame = drawing.getBoundingClientRect();
    const pointer = (type, x, y) => drawing.dispatchEvent(new PointerEvent(type, { clientX: frame.left + x * frame.width,
      clientY: frame.top + y * frame.height, pointerId: 1, pointerType: 'mouse', button: 0, bubbles: true }));
    const key = name => drawing.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true }));
    const ticks = () => [...drawing.querySelectorAll('g.x text')].map(it => it.textContent).join(' ');
    const tip = () => element.querySelector('.tip').hidden ? 'hidden' : element.querySelector('.tip').textContent;
    SVGElement.prototype.setPointerCapture = () => {};
    const seen = document.documentElement.dataset;
    seen.before = ticks();
    pointer('pointermove', 0.5, 0.5);
    seen.tip = tip();
    pointer('pointerdown', 0.3, 0.4);
    pointer('pointermove', 0.6, 0.41);
    pointer('pointerup', 0.6, 0.41);
    seen.zoomed = ticks();
    key('0');
    seen.after = ticks();
    key('ArrowRight');
    seen.first = tip();
    key('ArrowLeft');
    seen.second = tip();
    key('Escape');
    seen.hidden = tip();
    const switches = [...drawing.querySelectorAll('g.key')];
    seen.lines = drawing.querySelectorAll('g.curve polyline').length;
    switches[switches.length - 1].dispatchEvent(new MouseEvent('click', { bubbles: true }));
    seen.fewer = drawing.querySelectorAll('g.curve polyline').length;
    """;

  @TempDir
  Path folder;
  private Browser browser;
  private Path page;

  @BeforeEach
  void write() throws Exception {
    browser = Browser.orSkip(folder);
    Bundle bundle = new SampleBundle(folder, "8, 16", 1).recorded().seen(ServerCourse.of(50, "colocated-0"), SILENT)
        .point("colocated", 8, 1).point("colocated", 16, 0.7).seen(ServerCourse.of(50, "prefill-0", "decode-0"), SILENT)
        .point("disaggregated", 8, 1).point("disaggregated", 16, 0.4).complete();
    Reports.write(bundle);
    page = bundle.folder().resolve("report.html");
  }

  @Test
  void theScriptRunsWithoutErrorAndReachesEveryCurve() throws Exception {
    String document = browser.open(page);

    assertThat(Browser.data(document, "error")).isEmpty();
    assertThat(Browser.data(document, "figures")).as("three of attainment and latency, four of throughput, four"
        + " distributions at each of two rates, two timelines").contains("17");
    assertThat(document.split("class=\"tools\"", -1)).hasSize(1 + 17);
  }

  @Test
  void withoutScriptTablesAndCurvesAreThere() throws Exception {
    String document = browser.open(Browser.withoutScripts(page));

    assertThat(Browser.data(document, "figures")).isEmpty();
    assertThat(document).contains("Verdicts</h2>",
        "send lag p99", "colocated at 16 req/s: 70.0 % [65.3, 74.3], FAIL").doesNotContain("class=\"tools\"");
    assertThat(document.split("<polyline", -1).length).isGreaterThan(40);
    assertThat(document.split("<table", -1).length).isGreaterThan(8);
  }

  @Test
  void pointerKeysAndLegendsDoWhatTheySay() throws Exception {
    String document = browser.open(Browser.withScript(page, HANDS), "--window-size=1400,1000");

    assertThat(Browser.data(document, "error")).isEmpty();
    assertThat(Browser.data(document, "before")).contains("0 5 10 15");
    assertThat(Browser.data(document, "tip").orElseThrow()).startsWith("8colocated").contains(
        "colocated at 8 req/s: 100.0 % [99.0, 100.0], PASS", "disaggregated, TTFT only at 8 req/s: 100.0 %");
    assertThat(Browser.data(document, "zoomed").orElseThrow()).startsWith("4 ").endsWith(" 9");
    assertThat(Browser.data(document, "after")).isEqualTo(Browser.data(document, "before"));
    assertThat(Browser.data(document, "first").orElseThrow()).contains("colocated at 16 req/s: 70.0 %");
    assertThat(Browser.data(document, "second").orElseThrow()).contains("colocated at 8 req/s: 100.0 %");
    assertThat(Browser.data(document, "hidden")).contains("hidden");
    assertThat(Browser.data(document, "lines")).contains("6");
    assertThat(Browser.data(document, "fewer")).as("one of two deployments").contains("3");
  }

  @Test
  void nothingButTablesIsWiderThanAPhone() throws Exception {
    Path probed = Browser.withScript(page, "parent.postMessage({ wide: innerWidth,"
        + " over: document.documentElement.scrollWidth - document.documentElement.clientWidth }, '*')");
    // A window without a screen cannot be as narrow as a phone; a frame can.
    Path phone = Files.writeString(page.resolveSibling("phone.html"), """
      <!DOCTYPE html><html lang="en"><head><title>A phone</title><script>
      addEventListener('message', event => Object.assign(document.documentElement.dataset, event.data));
      </script></head><body><iframe src="%s" width="390" height="844" style="border:0"></iframe></body></html>
      """.formatted(probed.getFileName()));
    String document = browser.open(phone);

    assertThat(Browser.data(document, "wide")).contains("390");
    assertThat(Integer.parseInt(Browser.data(document, "over").orElseThrow())).isLessThanOrEqualTo(0);
  }
}
