package dev.attain.results;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.attain.measurement.Slo;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The requests of a bundle in files for other programs, a file for each point. Memory does not grow with them. Nothing in
 * the bundle is changed.
 */
public final class Export {

  /** What the files are. */
  public enum Format {
    /** The results of {@code vllm bench serve --save-detailed} that the run wrote, in a folder for each deployment. */
    VLLM,
    /** A line with the titles and a line for each request, columns as in {@code schema/request.schema.json}. */
    CSV,
    /** A JSON object for each request, on a line of its own, with the same names; what did not happen is {@code null}. */
    JSONL
  }

  /**
   * A file that was written.
   *
   * @param requests that are in it
   * @param remark what is missing in it, a clause; empty when nothing
   */
  public record Written(Path file, long requests, String remark) {}

  private final Bundle bundle;
  private final Path folder;
  private final Slo slo;

  /** @param folder where files go, made when there is something to write; older ones of the same names are replaced */
  public Export(Bundle bundle, Path folder) {
    this.bundle = bundle;
    this.folder = folder;
    this.slo = bundle.manifest().objectives().slo();
  }

  /** The names of columns, in their order in a file. */
  public static List<String> columns() {
    return ExportColumn.ALL.stream().map(ExportColumn::title).toList();
  }

  /**
   * Writes the requests of a point.
   *
   * @return the file; empty when the point has no records, or, for {@link Format#VLLM}, was not finished
   * @throws BundleException when records of a complete bundle are missing or cannot be read
   * @throws IOException when the folder cannot be written
   */
  public Optional<Written> write(PointEntry point, Format format) throws BundleException, IOException {
    return format == Format.VLLM ? copied(point) : converted(point, format);
  }

  private Optional<Written> copied(PointEntry point) throws IOException {
    Optional<PointSummary> summary = summary(point);
    if (summary.isEmpty()) {
      return Optional.empty();
    }
    String name = VllmResult.fileName(summary.get());
    Path source = bundle.folder().resolve(point.path()).getParent().getParent().resolve(name);
    if (!Files.isRegularFile(source)) {
      return Optional.empty();
    }
    Path target = Files.createDirectories(folder.resolve(point.deployment())).resolve(name);
    AtomicFile.write(target, out -> Files.copy(source, out));
    return Optional.of(new Written(target, summary.get().planned(), ""));
  }

  private Optional<Written> converted(PointEntry point, Format format) throws BundleException, IOException {
    Path source = bundle.requests(point);
    if (!Files.isRegularFile(source) && summary(point).isEmpty()) {
      return Optional.empty();
    }
    Path target = Files.createDirectories(folder)
        .resolve(point.point() + "." + format.name().toLowerCase(Locale.ROOT));
    var remark = new String[1];
    var requests = new long[1];
    try {
      AtomicFile.write(target, out -> {
        if (format == Format.CSV) {
          out.write((String.join(",", columns()) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        RecordFile read = RecordFile.<IOException>forEach(source, line -> write(line(point, line), format, out));
        requests[0] = read.records();
        remark[0] = remark(point, read);
      });
    } catch (Refusal e) {
      throw new BundleException(
          source + ": " + e.getMessage() + ": it was cut off or is not of this point; take a whole"
              + " copy of the bundle",
          e);
    }
    return Optional.of(new Written(target, requests[0], remark[0]));
  }

  /** What a file lacks of what its point counted; what a complete bundle lacks is a reason to write no file. */
  private String remark(PointEntry point, RecordFile read) {
    Optional<PointSummary> summary = summary(point);
    if (summary.isEmpty()) {
      return "the point was not finished" + (read.damage().isEmpty() ? "" : ", " + read.damage());
    }
    // Of a lost node neither its last count nor its last records need have arrived, and not always the same of both.
    long recorded = summary.get().planned() - summary.get().lost();
    boolean whole = read.damage().isEmpty() && (summary.get().lost() > 0 || read.records() == recorded);
    if (whole) {
      return "";
    }
    String readable = read.readable(recorded);
    if (bundle.manifest().complete()) {
      throw new Refusal(readable);
    }
    return readable;
  }

  private Optional<PointSummary> summary(PointEntry point) {
    return bundle.summaries().stream().filter(it -> it.point().equals(point.point())).findFirst();
  }

  /** Ends the writing of a file, so that nothing of it stays. */
  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refusal(String readable) {
      super(readable);
    }
  }

  private ExportColumn.Line line(PointEntry point, NodeRecord it) {
    return new ExportColumn.Line(point, it.node(), it.record(), slo);
  }

  private static void write(ExportColumn.Line line, Format format, OutputStream out) throws IOException {
    if (format == Format.CSV) {
      String cells = ExportColumn.ALL.stream().map(column -> cell(column.of(line)))
          .collect(Collectors.joining(",", "", "\n"));
      out.write(cells.getBytes(StandardCharsets.UTF_8));
      return;
    }
    try (JsonGenerator json = Json.MAPPER.getFactory().createGenerator(out)
        .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET).disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM)) {
      json.writeStartObject();
      for (ExportColumn column : ExportColumn.ALL) {
        json.writeObjectField(column.title(), column.of(line));
      }
      json.writeEndObject();
    }
    out.write('\n');
  }

  /** As RFC 4180 has it. */
  private static String cell(Object value) {
    String text = value == null ? "" : value.toString();
    boolean plain = text.chars()
        .noneMatch(letter -> letter == ',' || letter == '"' || letter == '\n' || letter == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
