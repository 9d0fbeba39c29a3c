package dev.attain.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadDeploymentTest {
  @TempDir
  Path folder;

  private List<String> problems(String deployments) {
    return Sample.minimalAnd(folder, "deployments = " + deployments).problems();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
    []                               | deployments: must be a list of at least one deployment; write for example deployments = [ { name = colocated, kind = colocated, replicas = 2 } ]
    [colocated]                      | deployments: must hold sections in { }, one for each deployment; write for example deployments = [ { name = colocated, kind = colocated, replicas = 2 } ]
    [{ name = a }]                   | deployments.a.kind: is missing; write colocated, disaggregated or external
    [{ kind = colocated }]           | deployments.1.name: is missing; write for example name = colocated
    [{ name = a, kind = collocated }] | deployments.a.kind: collocated is not known here; the nearest is colocated (known: colocated, disaggregated, external)
    [{ name = "a b", kind = colocated }] | deployments.a b.name: a b cannot name a folder; write up to 64 letters, digits, '.', '_' or '-', a letter or digit first
    [{ name = logs, kind = colocated }] | deployments.logs.name: logs is a folder that every bundle has; choose another name
    [{ name = a, kind = colocated }, { name = A, kind = colocated }] | deployments.A.name: A names a deployment already, at x.conf:5; give each its own name
    [{ name = a, kind = colocated, replicas = 0 }] | deployments.a.replicas: 0 is below 1; write 1 or more
    [{ name = a, kind = colocated, tensor-parallel = 3 }] | deployments.a.tensor-parallel: 3 is not a tensor-parallel size; write 1, 2, 4 or 8
    [{ name = a, kind = colocated, prefill.instances = 2 }] | deployments.a.prefill: has no effect for a deployment of kind colocated; leave it out
    [{ name = a, kind = disaggregated, decode.instance = 2 }] | deployments.a.decode.instance: is no known key; the nearest is deployments.a.decode.instances
    [{ name = a, kind = disaggregated, prefill.extra-arguments = ["--api-key=x"] }] | deployments.a.prefill.extra-arguments: api-key is a secret, and command lines go into the bundle; give it to the engine through the environment
    [{ name = a, kind = colocated, engine.gpu = h20 }] | deployments.a.engine.gpu: h20 is not a GPU the simulator knows; the nearest is h200 (known: a100, h100, h200, b200, l40s, rtx4090)
    [{ name = a, kind = disaggregated, decode.environment.CORE = 1 }] | deployments.a.decode.environment: has no effect with engine.kind = simulator; leave it out
    [{ name = a, kind = colocated, engine.kind = vllm, environment.API_KEY = x }] | deployments.a.environment.API_KEY: is a secret, and the configuration goes into the bundle; export it where the engine's node is started, whose environment engines inherit
    [{ name = a, kind = disaggregated, router.health = /ready }] | deployments.a.router.health: has no effect without router.command; leave it out
    [{ name = a, kind = disaggregated, router.command = [r, "{prefill}", "{decode}"] }] | deployments.a.router.command: has no {port}, and attain chooses where the router listens; write for example [vllm-router, "--prefill {prefill}", "--decode {decode}", --port, "{port}"]
    [{ name = a, kind = disaggregated, router.command = [r, "{prefill}", "{port}"] }] | deployments.a.router.command: has no {decode}, and the router has to know the decode instances; write for example [vllm-router, "--prefill {prefill}", "--decode {decode}", --port, "{port}"]
    [{ name = a, kind = disaggregated, router { command = [r, "{prefill}", "{decode}", "{port}"], health = ready } }] | deployments.a.router.health: ready is no path; write for example /health
    [{ name = a, kind = external }]  | deployments.a.endpoints: is missing; write for example endpoints = ["http://127.0.0.1:8000"], or prefill and decode together
    [{ name = a, kind = external, prefill = "http://h:1" }] | deployments.a.decode: is missing, and prefill stands alone; write prefill and decode together
    [{ name = a, kind = external, endpoints = "http://h:1", decode = "http://h:2" }] | deployments.a.prefill: is missing, and decode stands alone; write prefill and decode together, as the instances behind the router at endpoints
    [{ name = a, kind = external, endpoints = "http://h:1", prefill = "http://h:1/v1", decode = "http://h:2" }] | deployments.a.endpoints: http://h:1 is an instance of prefill too; write the router's own address, or leave endpoints out
    [{ name = a, kind = external, endpoints = "http://h:2", prefill = "http://h:1", decode = "http://h:2" }] | deployments.a.endpoints: http://h:2 is an instance of decode too; write the router's own address, or leave endpoints out
    [{ name = a, kind = external, endpoints = "http://h:1", hand-over = client }] | deployments.a.hand-over: has no effect beside endpoints, where requests go in one call; leave it out
    [{ name = a, kind = external, endpoints = "http://h:3", prefill = "http://h:1", decode = "http://h:2", hand-over = sidecar }] | deployments.a.hand-over: has no effect beside endpoints, where requests go in one call; leave it out
    [{ name = a, kind = external, prefill = "http://h:1", decode = "http://h:2", hand-over = router }] | deployments.a.hand-over: router is not known here; the nearest is client (known: client, sidecar)
    [{ name = a, kind = external, prefill = "http://h:1/x", decode = "http://h:2", hand-over = sidecar }] | deployments.a.prefill: http://h:1/x has a path, and a sidecar is told host and port only; write it without
    [{ name = a, kind = disaggregated, hand-over = sidecar }] | deployments.a.hand-over: has no effect for a deployment of kind disaggregated; leave it out
    [{ name = a, kind = external, endpoints = "localhost:8000" }] | deployments.a.endpoints: localhost:8000 is not the base URL of an engine; write for example http://127.0.0.1:8000
    [{ name = a, kind = external, endpoints = "http://a b" }] | deployments.a.endpoints: http://a b is not the base URL of an engine; write for example http://127.0.0.1:8000
    [{ name = a, kind = external, endpoints = "http://h:1,http://h:1/v1" }] | deployments.a.endpoints: http://h:1 is there twice; write each endpoint once
    [{ name = a, kind = external, endpoints = "http://me:secret@h:1" }] | deployments.a.endpoints: carries a user and a password; leave them out and name the variable that holds a key in requests.api-key-variable
    """)
  void isNamedInOneSentenceWithItsLine(String deployments, String sentence) {
    assertThat(problems(deployments)).containsExactly("x.conf:5: " + sentence);
  }

  @Test
  void oneCommonEngineIsNamedOnceForAllDeployments() {
    var text = "engine.gpu = h1000\ndeployments = [{ name = a, kind = colocated }, { name = b, kind = disaggregated }]";
    assertThat(Sample.minimalAnd(folder, text).problems()).singleElement().asString()
        .startsWith("x.conf:5: engine.gpu: h1000 is not a GPU the simulator knows; the nearest is h100");
  }

  @Test
  void engineWithoutAnyoneToStartItIsNamed() {
    var text = "engine.gpu = h100\ndeployments = [{ name = a, kind = external, endpoints = \"http://h:1\" }]";
    assertThat(Sample.minimalAnd(folder, text).problems())
        .containsExactly("x.conf:5: engine: has no effect when every deployment is external; leave it out");
  }

  @Test
  void bodyFieldsAreForServersThatNobodyHereStarts() {
    assertThat(Sample.minimalAnd(folder, "requests.body-fields = []").problems()).containsExactly(
        "x.conf:5: requests.body-fields: has no effect without a deployment of kind external: engines that attain starts"
            + " get the fields of their kind; leave it out");
    var text = "requests.body-fields = [ignore_eos]\n"
        + "deployments = [{ name = a, kind = external, endpoints = \"http://h:1\" }]";
    assertThat(Sample.minimalAnd(folder, text).problems())
        .containsExactly("x.conf:5: requests.body-fields: ignore_eos is"
            + " not known here; the nearest is ignore-eos (known: ignore-eos, min-tokens, stream-options,"
            + " continuous-usage)");
  }

  @Test
  void usageInEachEventNeedsUsage() {
    var external = "deployments = [{ name = a, kind = external, endpoints = \"http://h:1\" }]\n";
    assertThat(Sample.minimalAnd(folder, external + "requests { body-fields = [], token-counts = usage }").problems())
        .containsExactly("x.conf:6: requests.token-counts: usage is asked for through stream_options, which"
            + " requests.body-fields leaves out; add stream-options there, or write token-counts = events");
    assertThat(Sample.minimalAnd(folder, external + "requests.body-fields = continuous-usage").problems())
        .containsExactly("x.conf:6: requests.body-fields: continuous-usage is a part of stream-options; name both");
  }

  @Test
  void simulatorNeedsToKnowWhichModel() {
    assertThat(Sample.minimalAnd(folder, "model.name = auto").problems()).containsExactly(
        "x.conf: engine.model: is missing, and model.name does not name a model either; write for example model = llama-3.1-8b");
  }
}
