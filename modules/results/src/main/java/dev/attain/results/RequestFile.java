package dev.attain.results;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * {@code requests.jsonl.gz}: compressed lines, flushed after every append, so that a crash costs at most what was being
 * appended. Not thread-safe.
 */
final class RequestFile implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;
  private final OutputStream out;

  private RequestFile(OutputStream out) {
    this.out = out;
  }

  static RequestFile create(Path file) throws IOException {
    return new RequestFile(new GZIPOutputStream(Files.newOutputStream(file), BUFFER_BYTES, true));
  }

  void append(List<NodeRecord> records) throws IOException {
    for (NodeRecord line : records) {
      RequestLines.write(line, out);
    }
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  /**
   * The records in the order they were appended; whoever asks closes the stream. A torn end, as a crash leaves it, ends
   * the stream without an error.
   *
   * @throws UncheckedIOException from the stream, when a whole line cannot be read
   */
  static Stream<NodeRecord> read(Path file) throws IOException {
    InputStream raw = Files.newInputStream(file);
    try {
      InputStream lines = new TornEnd(Files.size(file) == 0 ? raw : new GZIPInputStream(raw, BUFFER_BYTES));
      var reader = new BufferedReader(new InputStreamReader(lines, StandardCharsets.UTF_8));
      return reader.lines().map(lineParser(file)).flatMap(Optional::stream).onClose(() -> close(reader));
    } catch (EOFException e) {
      raw.close();
      return Stream.empty();
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  private static Function<String, Optional<NodeRecord>> lineParser(Path file) {
    return line -> {
      try {
        return Optional.of(RequestLines.read(line));
      } catch (IOException e) {
        if (!line.endsWith("}")) {
          return Optional.empty();
        }
        throw new UncheckedIOException(file + ": a line is not a request: " + line, e);
      }
    };
  }

  private static void close(BufferedReader reader) {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Turns the error about a missing end of the compressed data into a plain end, after everything readable. */
  private static final class TornEnd extends FilterInputStream {
    TornEnd(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      try {
        return super.read();
      } catch (EOFException e) {
        return -1;
      }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        return super.read(buffer, offset, length);
      } catch (EOFException e) {
        return -1;
      }
    }
  }
}
