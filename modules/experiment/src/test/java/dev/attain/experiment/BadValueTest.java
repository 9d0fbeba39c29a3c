package dev.attain.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadValueTest {
  @TempDir
  Path folder;

  private List<String> problems(String line) {
    return Sample.minimalAnd(folder, line).problems();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
    slo.ttft = 500              | slo.ttft: 500 has no unit; write 500 ms
    slo.tpot = 30 sec           | slo.tpot: 30 sec has the unknown unit sec; write us, ms, s, min or h, for example 500 ms
    slo.tpot = -3 ms            | slo.tpot: -3 ms is below 0; write for example 500 ms
    slo.tpot = 0 ms             | slo.tpot: 0 ms is not above 0; write for example 500 ms
    slo.tpot = fast             | slo.tpot: fast is not a number with a unit; write for example 500 ms
    slo.tpot = 400 h            | slo.tpot: 400 h is longer than 168 h; write for example 500 ms
    requests.token-counts = end | requests.token-counts: end is not known here; the nearest is auto (known: auto, usage, events)
    requests.connections-ahead = -1 | requests.connections-ahead: -1 is below 0; write 0 or more
    requests.drain = 10         | requests.drain: 10 has no unit; write 10 s
    monitoring.interval = 5 ms  | monitoring.interval: must be 0 s, for none, or at least 100 ms: an engine's page takes it milliseconds
    slo.target = 0              | slo.target: 0 is not above 0 and below 100 percent; write for example 90
    slo.target = 100 %          | slo.target: 100 % is not above 0 and below 100 percent; write for example 90
    slo.target = most           | slo.target: most is not a percentage; write for example 90
    load.rates = 0              | load.rates: 0 is not above 0; write for example 8
    load.rates = [8, -2]        | load.rates: -2 is not above 0; write for example 8
    load.rates = [8, eight]     | load.rates: eight is not a number; write for example 8
    load.rates = [8, 8.0]       | load.rates: 8.0 is there twice; write each rate once, and load.repeats to measure it again
    load.rates = 1e99           | load.rates: 1e99 is too large; write for example 8
    load.rates = { a = 1 }      | load.rates: must be a list in [ ], not {"a":1}
    load.repeats = 0            | load.repeats: 0 is below 1; write 1 or more
    load.repeats = 1.5          | load.repeats: 1.5 is not a whole number; write for example 2
    load.requests = 60000000    | load.requests: 60000000 is above 50000000; write 50000000 or less
    nodes.load = 0              | nodes.load: 0 is below 1; write 1 or more
    nodes.host = "0.0.0.0"      | nodes.host: 0.0.0.0 is no address to join; write the one under which others reach this machine
    nodes.weights = [1, 2]      | nodes.weights: has 2 weights for 1 load nodes; write one weight for each node, or none for equal shares
    nodes.weights = 0           | nodes.weights: 0 is below 1; write 1 or more
    nodes.spawn-locally = maybe | nodes.spawn-locally: maybe is neither true nor false
    nodes.port = 70000          | nodes.port: 70000 is above 65535; write 65535 or less
    nodes.heap = 256            | nodes.heap: 256 has no unit; write 256 MiB
    nodes.heap = 256 MB         | nodes.heap: 256 MB has the unknown unit MB; write KiB, MiB or GiB, for example 256 MiB
    nodes.host = [a]            | nodes.host: must be a text, not ["a"]
    nodes.host = ""             | nodes.host: is empty; write a text, or leave the key out
    seed = 1.5                  | seed: 1.5 is not a whole number; write for example 2
    name = "a/b"                | name: a/b cannot name a folder; write up to 64 letters, digits, '.', '_' or '-', a letter or digit first
    dataset = ".."              | dataset: .. cannot name a folder; write up to 64 letters, digits, '.', '_' or '-', a letter or digit first
    slo = fast                  | slo: must be a section in { }
    arrivals = poison           | arrivals.kind: poison is not known here; the nearest is poisson (known: poisson, gamma, constant, trace)
    requests.dialect = chats    | requests.dialect: chats is not known here; the nearest is chat (known: completions, chat)
    requests.dialect = chat     | requests.dialect: chat carries no token ids; write workload.prompts-as = text, or requests.dialect = completions
    requests.api-key-variable = sk-12 | requests.api-key-variable: is not the name of an environment variable; write its name, for example OPENAI_API_KEY, never the key itself
    requests.api-key-variable = KEY | requests.api-key-variable: the environment variable KEY is not set; set it to the API key, or leave the key out
    requests.total-timeout = 60 s | requests.total-timeout: 60 s is shorter than requests.first-byte-timeout of 120 s; lengthen it, or shorten the other
    model.context-tokens = 1    | model.context-tokens: 1 is below 2; write 2 or more
    model.name = llama-3.1-9b   | model.name: llama-3.1-9b is not a model the simulator knows; the nearest is llama-3.1-8b (known: llama-3.1-8b, llama-3.1-70b, qwen3-0.6b, qwen3-8b, qwen3-32b, qwen3-30b-a3b, opt-13b, opt-66b)
    engine.gpu = h20            | engine.gpu: h20 is not a GPU the simulator knows; the nearest is h200 (known: a100, h100, h200, b200, l40s, rtx4090)
    """)
  void isNamedInOneSentenceWithItsLine(String line, String sentence) {
    assertThat(problems(line)).containsExactly("x.conf:5: " + sentence);
  }
}
