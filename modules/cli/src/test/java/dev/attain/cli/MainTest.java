package dev.attain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {
  @RegisterExtension
  final Printed printed = new Printed();

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "frobnicate | frobnicate",
      "run | CONF",
      "run --reslts x a.conf | --reslts",
      "run missing.conf | missing.conf: there is no such file",
      "run ../../conf/quickstart.conf -D load.rats=3 | the nearest is load.rates",
      "check ../../conf/quickstart.conf -D slo.ttft=300 | write 300 ms",
      "check ../../conf/nixl.conf -D deployments.nixl.decode.extra-arguments=--dtype=float16 | NIXL joins only",
      "check ../../conf/external.conf -D model.name=m -D deployments=[{name=a,kind=colocated,engine.kind=lmdeploy}]"
          + " | takes no token ids; write text",
      "run ../../conf/nixl.conf -D engine.options.port=8000 | engine.options.port: follows from the deployment",
      "plan missing.conf | missing.conf: there is no such file",
      "plan ../../conf/plan-8b-h100.conf -D plan.gpu=4 | the nearest is plan.gpus",
      "plan ../../conf/simple.conf | is not simulated",
      "plan ../../conf/plan-8b-h100.conf -D engine.options.tensor-parallel-size=2 | follows from the deployment",
      "list nowhere | nowhere is not a folder",
      "self-test --loops 0 | at least 1 event loop, not 0",
      "self-test --up-to 10 | at least 1000 events/s, not 10",
      "self-test --each 2 | write a whole number with its unit: 500us, 10ms, 2s",
      "self-test --json nowhere/found.json | name a file in a folder that exists",
      "known-truth-server --threads 0 | at least 1 thread, not 0",
      "known-truth-server --ttft 2h | '2h' is not a time",
      "known-truth-server --tokens-per-event 65 | 1 to 64 tokens, not 65",
      "node --role lod --join a:1 | known roles are",
      "node --role coordinator --join a:1 | attain run is the coordinator",
      "node --role load --join nowhere | not HOST:PORT",
      "node --role load --join 192.0.2.1:2552 | --bind 127.0.0.1 tells the coordinator nothing",
      "node --role load --join 127.0.0.1:2552 --bind 0.0.0.0 | --bind 0.0.0.0 tells the coordinator nothing"})
  void badInputIsOneSentenceAndExitCodeThree(String line, String expected) {
    int code = Main.execute(line.split(" "));
    assertThat(code).isEqualTo(3);
    assertThat(printed.err()).startsWith("attain: ").contains(expected)
        .doesNotContain("\tat ");
  }

  @Test
  void checkPrintsPointsAndCommandLinesAndStartsNothing() {
    int code = Main.execute(new String[]{"check", "../../conf/quickstart.conf"});
    assertThat(code).isZero();
    assertThat(printed.out()).contains("simulate-engine").contains("colocated-12qps-1")
        .contains("disaggregated-48qps-1").contains("sha256:").contains("The configuration is good.");
  }

  @Test
  void checkSaysThatAClosedLoopHasNoSchedule() {
    assertThat(Main.execute(new String[]{"check", "../../conf/closed-loop.conf"})).isZero();
    assertThat(printed.out()).contains("colocated-concurrency16-1: as many requests as begin"
        + " within 20 s, no schedule: closed loop, the server sets the pace");
  }

  @Test
  void checkShowsHowRealEnginesWouldBeStarted() {
    assertThat(Main.execute(new String[]{"check", "../../conf/simple.conf"})).isZero();
    assertThat(Main.execute(new String[]{"check", "../../conf/nixl.conf"})).isZero();
    assertThat(printed.out()).contains("colocated-0", "vllm serve meta-llama/")
        .contains("kv_producer", "kv_consumer", "VLLM_NIXL_SIDE_CHANNEL_PORT=", "UCX_TLS=");
  }

  @Test
  void checkShowsWhatServesBehindARouterOrASidecar() {
    String prefill = "deployments.external.prefill=http://127.0.0.1:8100";
    String decode = "deployments.external.decode=http://127.0.0.1:8200";
    Main.execute(new String[]{"check", "../../conf/external.conf", "-D", prefill, "-D", decode});
    assertThat(printed.out()).contains("serves already (router): http://127.0.0.1:8000",
        "serves already (prefill): http://127.0.0.1:8100", "serves already (decode): http://127.0.0.1:8200");

    Main.execute(new String[]{"check", "../../conf/external.conf", "-D", prefill, "-D", decode, "-D",
        "deployments.external.endpoints=[]", "-D", "deployments.external.hand-over=sidecar"});
    assertThat(printed.out())
        .contains("serves already (decode, behind its sidecar): http://127.0.0.1:8200");
  }

  @Test
  void helpListsTheCommands() {
    assertThat(Main.execute(new String[]{"--help"})).isZero();
    assertThat(printed.out()).contains("run").contains("check").contains("node")
        .contains("simulate-engine").contains("self-test").contains("known-truth-server");
  }
}
