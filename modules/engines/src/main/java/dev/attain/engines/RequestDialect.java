package dev.attain.engines;

import dev.attain.experiment.BodyField;
import java.util.Set;

/**
 * What requests to a kind of engine may say.
 *
 * @param tokenIds whether a prompt may be token ids; text is always understood
 * @param fields that requests carry beside model, prompt, temperature, max_tokens and stream. {@code min_tokens} is in
 *     none where {@code ignore_eos} does: it costs some engines a step over all logits
 */
public record RequestDialect(boolean tokenIds, Set<BodyField> fields) {
  /** As vLLM has it. */
  static final RequestDialect FULL = new RequestDialect(true, Set.of(BodyField.IGNORE_EOS, BodyField.STREAM_OPTIONS));

  public RequestDialect {
    fields = Set.copyOf(fields);
  }

  /** Whether answers are exactly as long as asked for; otherwise the model may end them early. */
  public boolean forcesLength() {
    return BodyField.forceLength(fields);
  }
}
