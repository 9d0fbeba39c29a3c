package dev.attain.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong is said in one clear sentence, with the exit code for its kind, and nothing is left behind. */
@StartsProcesses
class BadInputTest {
  private static final String GOOD = "deployments = [{ name = colocated, kind = colocated }]\n";

  @TempDir
  Path folder;

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "unknown key      | load.rate = 5              | load.rate: is no known key; the nearest is load.rates",
      "no unit          | slo.ttft = 500             | slo.ttft: 500 has no unit; write 500 ms",
      "wrong unit       | slo.ttft = 500 requests    | slo.ttft: 500 requests has the unknown unit requests",
      "rate of zero     | load.rates = [8, 0]        | load.rates: 0 is not above 0",
      "negative rate    | load.rates = -1            | load.rates: -1 is not above 0",
      "duration of zero | load.duration = 0 s        | load.duration: 0 s is not above 0",
      "unknown model    | model.name = qwen3-1b      | model.name: qwen3-1b is not a model the simulator knows; the nearest is",
      "unknown GPU      | engine.gpu = h1000         | engine.gpu: h1000 is not a GPU the simulator knows; the nearest is h100"})
  void badConfigurationIsNamedWithItsPlace(String what, String lastLine, String sentence) throws IOException {
    Path conf = Experiments.write(folder, "bad", GOOD + lastLine + "\n");

    refused(3, "bad.conf:" + Files.readAllLines(conf).size() + ": " + sentence, "run", conf.toString());
  }

  @Test
  void fileThatIsNoConfigurationIsNamedWithItsPlace() {
    Path conf = Experiments.writeAlone(folder, "bad", "load {\n  rates = [8\n}\n");

    refused(3, "bad.conf:", "run", conf.toString());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', value = {
      "run nowhere.conf                | nowhere.conf: there is no such file",
      "run --reslts x good.conf        | --reslts",
      "frobnicate                      | frobnicate",
      "node --role load --join nowhere | --join nowhere is not HOST:PORT"})
  void badCommandLineIsNamed(String arguments, String sentence) {
    Experiments.write(folder, "good", GOOD);

    refused(3, sentence, arguments.split(" "));
  }

  @Test
  void missingTraceIsNamed() {
    Path conf = traceOf("none.csv");

    refused(3, "none.csv does not exist", "run", conf.toString());
  }

  @Test
  void malformedTraceIsNamedWithItsLine() throws IOException {
    Files.writeString(folder.resolve("requests.csv"), """
      TIMESTAMP,ContextTokens,GeneratedTokens
      2023-11-16 18:17:03.9799600,4808,10
      2023-11-16 18:17:04.0319600,many,8
      """);
    Path conf = traceOf("requests.csv");

    refused(3, "requests.csv:3: ContextTokens is 'many'", "run", conf.toString());
  }

  @Test
  void resultsThatCannotBeWrittenAreNamed() throws IOException {
    Path conf = Experiments.write(folder, "good", GOOD);
    Path file = Files.createFile(folder.resolve("file"));

    refused(4, "cannot write results to " + file.resolve("below"), "run", conf.toString(), "--results",
        file.resolve("below").toString());
  }

  @Test
  void endpointWhereNobodyListensIsNamed() {
    URI nobody = URI.create("http://127.0.0.1:1");
    Path conf = Experiments.write(folder, "far", Experiments.external(Map.of("far", nobody)));

    refused(4, "nothing answers at " + nobody, "run", conf.toString());
  }

  @Test
  void portThatIsTakenIsNamed() throws IOException {
    Path conf = Experiments.write(folder, "good", GOOD);
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      refused(4, "port " + taken.getLocalPort() + " on 127.0.0.1 is in use, and the coordinator needs it", "run",
          conf.toString(), "-D", "nodes.port=" + taken.getLocalPort());
    }
  }

  private Path traceOf(String file) {
    return Experiments.writeAlone(folder, "trace", GOOD + """
      model.name = qwen3-0.6b
      workload { kind = trace, trace = "%s" }
      load { rates = 8, duration = 1 s }
      slo { ttft = 500 ms, tpot = 100 ms }
      """.formatted(file));
  }

  /** Runs attain, which must say this one sentence and nothing else that sounds like a complaint. */
  private void refused(int exitCode, String sentence, String... arguments) {
    AttainProcess.Ended ended = AttainProcess.run(folder, arguments);

    List<String> complaints = new ArrayList<>(ended.err().lines().toList());
    // What a run says of itself before it looks at the world.
    complaints.removeIf(line -> line.matches("attain \\S+: \\S+ on prompts .*") || line.startsWith("starting "));
    assertThat(complaints).singleElement().asString().startsWith("attain: ").contains(sentence);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.exitCode()).isEqualTo(exitCode);
    assertThat(RunBundle.below(folder.resolve("results"))).as("a bundle of a run that never was").isEmpty();
  }
}
