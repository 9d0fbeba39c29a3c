package dev.attain.workload;

import dev.attain.workload.CounterRandom.Purpose;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/**
 * What each request of a point asks for. A pure function of its arguments; immutable and safe for any thread.
 */
public final class Workload {
  /** The part of a context left free for text, whose length in tokens is approximate and grows by a chat template. */
  private static final int TEXT_MARGIN_DIVISOR = 8;

  private final ShapeSampler shapes;
  private final PromptForm form;
  private final PromptWriter writer;
  private final ModelLimits limits;
  private final long seed;
  private final CounterRandom contents;

  private Workload(ShapeSource source, PromptForm form, ModelLimits limits, long seed) {
    this.form = form;
    this.limits = limits;
    this.seed = seed;
    shapes = ShapeSampler.of(source, seed);
    writer = PromptWriter.of(form, limits);
    contents = new CounterRandom(seed, Purpose.CONTENT);
  }

  /** A workload whose lengths (unless they are fixed) and contents are decided by the seed. */
  public static Workload of(ShapeSource source, PromptForm form, ModelLimits limits, long seed) {
    Objects.requireNonNull(source, "source");
    return new Workload(source, Objects.requireNonNull(form, "form"), Objects.requireNonNull(limits, "limits"), seed);
  }

  /**
   * Size of request {@code index} (from 0), cut to what the model's context holds: all of it for token ids, seven
   * eighths for text. Of a request that is too long the longer side gives way; both are cut to half a context if both
   * are longer than that.
   */
  public RequestShape shape(int index) {
    return cut(shapes.shape(Objects.checkIndex(index, Integer.MAX_VALUE)));
  }

  /**
   * Prompt of request {@code index} (from 0): a pure function of (seed, index, nonce).
   *
   * <p>The first 16 tokens depend on all three, the rest only on seed and index. Points with different nonces
   * therefore send the same prompts but for a beginning that no prefix cache knows; 16 tokens are the smallest block
   * of a prefix cache in use. Prompts of fewer tokens may be equal by chance. 4,000 tokens take about 5 us as ids and
   * 15 us as text.
   */
  public Prompt prompt(int index, String nonce) {
    int tokens = shape(index).promptTokens();
    long body = contents.stream(index);
    return writer.write(tokens, CounterRandom.join(body, nonce), body);
  }

  /** How many of the first {@code planned} requests had to be shortened to fit the model's context. */
  public int cutToContext(int planned) {
    int cut = 0;
    for (int index = 0; index < planned; index++) {
      if (!shape(index).equals(shapes.shape(index))) {
        cut++;
      }
    }
    return cut;
  }

  /**
   * {@code sha256:<hex>} over the form, the seed, the vocabulary and the sizes of the first {@code planned} requests:
   * workloads of equal hashes send the same prompts.
   */
  public String hash(int planned) {
    MessageDigest digest = sha256();
    digest.update(form.name().getBytes(StandardCharsets.US_ASCII));
    ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES + 2 * Integer.BYTES);
    digest.update(buffer.putLong(seed).putInt(limits.vocabularySize()).putInt(planned).flip());
    for (int index = 0; index < planned; index++) {
      RequestShape shape = shape(index);
      digest.update(buffer.clear().putInt(shape.promptTokens()).putInt(shape.outputTokens()).flip());
    }
    return "sha256:" + HexFormat.of().formatHex(digest.digest());
  }

  private RequestShape cut(RequestShape shape) {
    int context = limits.contextTokens();
    int room = form == PromptForm.TEXT ? context - context / TEXT_MARGIN_DIVISOR : context;
    int prompt = shape.promptTokens();
    int output = shape.outputTokens();
    if ((long) prompt + output <= room) {
      return shape;
    }
    int half = room / 2;
    if (prompt <= half) {
      return new RequestShape(prompt, room - prompt);
    }
    if (output <= half) {
      return new RequestShape(room - output, output);
    }
    return new RequestShape(room - half, half);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform must offer SHA-256", e);
    }
  }
}
