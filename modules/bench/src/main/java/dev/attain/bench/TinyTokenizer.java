package dev.attain.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A tokenizer for tools that cannot do without one: a thousand words {@code w0 w1 ...}, one token each, so that a text of
 * n words has n tokens in whichever direction it is converted.
 */
final class TinyTokenizer {
  private static final int WORDS = 1024;

  private TinyTokenizer() {}

  /** Writes it, in the form of Hugging Face's libraries, and returns the folder. */
  static Path in(Path folder) throws IOException {
    Files.createDirectories(folder);
    ObjectNode tokenizer = Json.MAPPER.createObjectNode().put("version", "1.0");
    tokenizer.putNull("truncation").putNull("padding").putArray("added_tokens");
    tokenizer.putNull("normalizer").putObject("pre_tokenizer").put("type", "WhitespaceSplit");
    tokenizer.putNull("post_processor").putNull("decoder");
    ObjectNode vocabulary = tokenizer.putObject("model").put("type", "WordLevel").put("unk_token", "w0")
        .putObject("vocab");
    for (int word = 0; word < WORDS; word++) {
      vocabulary.put("w" + word, word);
    }
    ObjectNode configuration = Json.MAPPER.createObjectNode().put("tokenizer_class", "PreTrainedTokenizerFast")
        .put("unk_token", "w0").put("bos_token", "w1").put("eos_token", "w2").put("model_max_length", 4096)
        .put("chat_template", "{% for message in messages %}{{ message['content'] }}{% endfor %}");
    // Some tools also look for a model beside it.
    ObjectNode model = Json.MAPPER.createObjectNode().put("model_type", "llama").put("vocab_size", WORDS)
        .put("max_position_embeddings", 4096);
    Json.PRETTY.writeValue(folder.resolve("tokenizer.json").toFile(), tokenizer);
    Json.PRETTY.writeValue(folder.resolve("tokenizer_config.json").toFile(), configuration);
    Json.PRETTY.writeValue(folder.resolve("config.json").toFile(), model);
    return folder;
  }
}
