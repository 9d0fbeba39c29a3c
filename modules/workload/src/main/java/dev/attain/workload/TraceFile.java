package dev.attain.workload;

import dev.attain.workload.TraceColumns.BadLineException;
import dev.attain.workload.TraceColumns.Row;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Reads recorded requests from a CSV file, plain or gzip-compressed, columns found by their header names.
 *
 * <p>Understood are {@code arrived_at,num_prefill_tokens,num_decode_tokens} with arrivals in seconds, and
 * {@code TIMESTAMP,ContextTokens,GeneratedTokens} with date and time, as the Azure LLM inference traces have it; in any
 * order, among any other columns.
 */
public final class TraceFile {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Path file;
  private int line;
  private int skipped;

  private TraceFile(Path file) {
    this.file = file;
  }

  /**
   * Reads a whole trace. Rows without prompt or output tokens are requests that failed when they were recorded: they
   * are left out and counted. The others are put in order of arrival if they are not, and their times start at zero.
   *
   * @throws TraceFormatException if the file is missing, unreadable, empty, lacks a column, holds something malformed,
   *     or has no row left
   */
  public static Trace read(Path file) throws TraceFormatException {
    return new TraceFile(file).read();
  }

  private Trace read() throws TraceFormatException {
    List<Row> rows = rows();
    if (rows.isEmpty()) {
      throw new TraceFormatException(file, 0, skipped == 0
          ? "there is no request below the header; a trace needs at least one"
          : "none of the " + skipped
              + " requests has both prompt and output tokens; a trace needs at least one that has");
    }
    rows.sort(Comparator.comparingLong(Row::arrivalNanos));
    long first = rows.getFirst().arrivalNanos();
    double[] seconds = rows.stream().mapToDouble(row -> (row.arrivalNanos() - first) / NANOS_PER_SECOND).toArray();
    List<RequestShape> shapes = rows.stream().map(row -> new RequestShape(row.promptTokens(), row.outputTokens()))
        .toList();
    return new Trace(name(), seconds, shapes, skipped);
  }

  private List<Row> rows() throws TraceFormatException {
    try (BufferedReader reader = new BufferedReader(new InputStreamReader(open(), StandardCharsets.UTF_8))) {
      return rows(reader);
    } catch (BadLineException e) {
      throw new TraceFormatException(file, line, e.getMessage());
    } catch (NoSuchFileException e) {
      throw new TraceFormatException(file, 0, "there is no such file; give the path of a CSV file");
    } catch (AccessDeniedException e) {
      throw new TraceFormatException(file, 0, "the file must not be read by this user; change its permissions");
    } catch (IOException e) {
      throw new TraceFormatException(file, line, "the file cannot be read from here on: " + e.getMessage());
    }
  }

  private List<Row> rows(BufferedReader reader) throws IOException, BadLineException {
    String header = next(reader);
    if (header == null) {
      line = 0;
      throw new BadLineException("the file is empty; its first line must name the columns");
    }
    TraceColumns columns = TraceColumns.ofHeader(header.replace(BYTE_ORDER_MARK, ""));
    List<Row> rows = new ArrayList<>();
    for (String text = next(reader); text != null; text = next(reader)) {
      if (text.isBlank()) {
        continue;
      }
      Row row = columns.row(text);
      if (row.promptTokens() == 0 || row.outputTokens() == 0) {
        skipped++;
      } else {
        rows.add(row);
      }
    }
    return rows;
  }

  private String next(BufferedReader reader) throws IOException {
    String text = reader.readLine();
    if (text != null) {
      line++;
    }
    return text;
  }

  /** Compressed files are known by their first two bytes, whatever their name. */
  private InputStream open() throws IOException {
    InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
    bytes.mark(2);
    boolean compressed = (bytes.read() | bytes.read() << Byte.SIZE) == GZIPInputStream.GZIP_MAGIC;
    bytes.reset();
    return compressed ? new GZIPInputStream(bytes) : bytes;
  }

  private String name() {
    return file.getFileName().toString().replaceFirst("(?i)\\.gz$", "").replaceFirst("(?i)\\.csv$", "");
  }
}
