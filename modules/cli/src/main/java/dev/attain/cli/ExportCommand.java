package dev.attain.cli;

import dev.attain.results.Bundle;
import dev.attain.results.BundleException;
import dev.attain.results.Export;
import dev.attain.results.Export.Format;
import dev.attain.results.Export.Written;
import dev.attain.results.PointEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code attain export}: the requests of a bundle for other programs. */
@Command(name = "export", mixinStandardHelpOptions = true, description = "Writes the requests of a bundle into files that other programs read, a file for each point.", footer = {
    "", "csv and jsonl have these columns, or names; times are in seconds, what did not happen is empty, or null:",
    "  which     deployment, point, rate_per_s, concurrency, repeat, node, index",
    "  outcome   outcome, reason, met_both, met_ttft, met_tpot (by the objectives of the run)",
    "  latency   ttft_s, tpot_s, e2e_s (from the intended instant, of completed requests), service_ttft_s,",
    "            normalized_latency_s_per_token, send_lag_s, in_flight_wait_s",
    "  tokens    prompt_tokens, planned_output_tokens, output_tokens, token_events, counted_tokens",
    "  instants  intended_s, released_s, handed_s, sent_s, written_s, prefill_done_s, decode_sent_s,",
    "            first_byte_s, first_token_s, last_token_s, end_s (from the start of the point)",
    "  wire      connections_opened, connect_time_s, connection_idle_s, stale_connection,",
    "            prefill_instance, decode_instance",
    "What each means: modules/results/src/main/resources/schema/request.schema.json.", "",
    "Exit codes: 0 written; 3 not a bundle, no such point, damaged records, or nothing to write; 4 the files could",
    "not be written."})
final class ExportCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "BUNDLE", description = "Folder of the bundle.")
  private Path folder;

  @Option(names = "--format", required = true, paramLabel = "FORMAT", description = "csv: a line for each request. jsonl: a JSON object on a line for each. vllm: a result of vllm bench serve --save-detailed for each point, as the run wrote it.")
  private Format format;

  @Option(names = "--point", paramLabel = "ID", description = "Only this point; may be given several times.")
  private List<String> points = new ArrayList<>();

  @Option(names = "--output", paramLabel = "DIR", description = "Folder that the files go to (default: exports/FORMAT in the bundle).")
  private Optional<Path> output = Optional.empty();

  @Override
  public Integer call() throws IOException {
    Path target = output
        .orElseGet(() -> folder.resolve("exports").resolve(format.name().toLowerCase(Locale.ROOT)));
    try {
      Bundle bundle = Bundle.open(folder);
      if (write(bundle, target) == 0) {
        throw problem("no point of " + folder + " has anything to write; it was broken off before");
      }
    } catch (BundleException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    } catch (IOException e) {
      throw new IOException("nothing can be written to " + target + " (" + e
          + "); name a writable folder with --output DIR", e);
    }
    return ExitCode.SUCCESS.code();
  }

  private int write(Bundle bundle, Path target) throws BundleException, IOException {
    var export = new Export(bundle, target);
    var out = Terminal.ofThisProcess().out();
    int files = 0;
    for (PointEntry point : chosen(bundle)) {
      Optional<Written> file = export.write(point, format);
      if (file.isPresent()) {
        files++;
      }
      out.println(file.map(ExportCommand::line).orElse(point.point() + ": nothing to write, it was not finished"));
    }
    return files;
  }

  private static String line(Written it) {
    return it.file() + ": " + it.requests() + " requests" + (it.remark().isEmpty() ? "" : " (" + it.remark() + ")");
  }

  private List<PointEntry> chosen(Bundle bundle) {
    List<PointEntry> all = bundle.manifest().points();
    points.stream().filter(id -> all.stream().noneMatch(it -> it.point().equals(id))).findFirst().ifPresent(id -> {
      throw problem("no point is called " + id + "; there are "
          + all.stream().map(PointEntry::point).collect(Collectors.joining(", ")));
    });
    return all.stream().filter(it -> points.isEmpty() || points.contains(it.point())).toList();
  }

  private ParameterException problem(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
