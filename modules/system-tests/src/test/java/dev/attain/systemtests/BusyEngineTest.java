package dev.attain.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.measurement.Verdict;
import dev.attain.results.PointSummary;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that say that they still work on something when a point is due. */
@StartsProcesses
@Tag("long")
class BusyEngineTest {
  private static final int WARM_UP_REQUESTS = 2;

  @TempDir
  Path folder;

  private static String page(int running) {
    return "vllm:num_requests_running{engine=\"0\",model_name=\"m\"} " + running + ".0\n";
  }

  @Test
  void anEngineThatIsStillBusyIsWaitedForAndOneThatStaysBusyMakesItsPointInvalid() {
    AtomicInteger looks = new AtomicInteger();
    AtomicInteger sentWhileBusy = new AtomicInteger();
    try (FakeServer waitedFor = FakeServer.start(Answer.good()); FakeServer busy = FakeServer.start(Answer.good())) {
      waitedFor.withMetrics(() -> {
        if (looks.incrementAndGet() > 5) {
          return page(0);
        }
        sentWhileBusy.set(waitedFor.requests());
        return page(2);
      });
      busy.withMetrics(() -> page(3));
      Map<String, URI> servers = new LinkedHashMap<>();
      servers.put("waited", waitedFor.uri());
      servers.put("busy", busy.uri());
      Path conf = Experiments.write(folder, "busy", Experiments.external(servers) + """
        model.name = known-model
        load { rates = 20, duration = 1 s }
        deadlines.engines-idle = 4 s
        """);
      AttainProcess.Ended ended = AttainProcess.run(folder, "run", conf.toString());

      assertThat(ended.exitCode()).as(ended.err()).isEqualTo(2);
      assertThat(sentWhileBusy).as("no measured request before it was idle").hasValue(WARM_UP_REQUESTS);
      assertThat(ended.bundle().summary("waited").verdict()).isNotEqualTo(Verdict.INVALID);
      PointSummary invalid = ended.bundle().summary("busy");
      assertThat(invalid.verdict()).isEqualTo(Verdict.INVALID);
      assertThat(invalid.completed()).as("measured all the same").isEqualTo(invalid.planned()).isPositive();
      assertThat(invalid.reasons())
          .contains("colocated-0 was not idle before the point: 4 s were waited for it, and it "
              + "still had 3 requests running and 0 waiting");
    }
  }
}
