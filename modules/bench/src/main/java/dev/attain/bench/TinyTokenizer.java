package dev.attain.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A tokenizer for tools that cannot do without one: a token for each byte, so that any text and any sequence of tokens
 * can be converted into the other.
 */
final class TinyTokenizer {
  private static final String BEGIN = "<|begin|>";
  private static final String END = "<|end|>";

  private TinyTokenizer() {}

  /** Writes it, in the form of Hugging Face's libraries, and returns the folder. */
  static Path in(Path folder) throws IOException {
    Files.createDirectories(folder);
    // Some tools also look for a model's configuration beside it.
    ObjectNode model = Json.MAPPER.createObjectNode().put("model_type", "llama").put("vocab_size", 258)
        .put("max_position_embeddings", 4096);
    ObjectNode configuration = Json.MAPPER.createObjectNode().put("tokenizer_class", "PreTrainedTokenizerFast")
        .put("bos_token", BEGIN).put("eos_token", END).put("model_max_length", 4096)
        .put("clean_up_tokenization_spaces", false)
        .put("chat_template", "{% for message in messages %}{{ message['content'] }}{% endfor %}");
    Json.PRETTY.writeValue(folder.resolve("tokenizer.json").toFile(), tokenizer());
    Json.PRETTY.writeValue(folder.resolve("tokenizer_config.json").toFile(), configuration);
    Json.PRETTY.writeValue(folder.resolve("config.json").toFile(), model);
    return folder;
  }

  private static ObjectNode tokenizer() {
    ObjectNode tokenizer = Json.MAPPER.createObjectNode().put("version", "1.0");
    tokenizer.putNull("truncation").putNull("padding");
    ArrayNode added = tokenizer.putArray("added_tokens");
    added.add(special(0, BEGIN)).add(special(1, END));
    tokenizer.putNull("normalizer").putObject("pre_tokenizer").put("type", "ByteLevel").put("add_prefix_space", false)
        .put("trim_offsets", true).put("use_regex", true);
    tokenizer.putNull("post_processor").putObject("decoder").put("type", "ByteLevel").put("add_prefix_space", true)
        .put("trim_offsets", true).put("use_regex", true);
    ObjectNode pairs = tokenizer.putObject("model").put("type", "BPE").putNull("dropout").putNull("unk_token")
        .putNull("continuing_subword_prefix").putNull("end_of_word_suffix").put("fuse_unk", false)
        .put("byte_fallback", false);
    ObjectNode vocabulary = pairs.putObject("vocab").put(BEGIN, 0).put(END, 1);
    int moved = 0;
    for (int value = 0; value < 256; value++) {
      // Byte-level tokenizers write a byte that no page would show as a letter from 256 on.
      int letter = shown(value) ? value : 256 + moved++;
      vocabulary.put(Character.toString(letter), value + 2);
    }
    pairs.putArray("merges");
    return tokenizer;
  }

  private static boolean shown(int value) {
    return (value > ' ' && value < 127) || (value > 160 && value != 173);
  }

  private static ObjectNode special(int id, String content) {
    return Json.MAPPER.createObjectNode().put("id", id).put("content", content).put("single_word", false)
        .put("lstrip", false).put("rstrip", false).put("normalized", false).put("special", true);
  }
}
