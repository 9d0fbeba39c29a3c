package dev.attain.experiment;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the {@code config.json} beside a model's weights says; 0 for what it does not.
 *
 * @param attentionHeads of each layer; tensor parallelism divides them
 * @param keyValueHeads of each layer, as many as attention heads unless they share
 * @param contextTokens the longest sequence
 * @param vocabularyTokens the number of token ids
 */
public record ModelShape(int attentionHeads, int keyValueHeads, int contextTokens, int vocabularyTokens) {
  private static final String FILE = "config.json";

  /** Empty when {@code model} is not a folder of this machine with a readable {@code config.json}. */
  public static Optional<ModelShape> of(String model) {
    var file = Path.of(model, FILE);
    if (model.isEmpty() || !Files.isReadable(file)) {
      return Optional.empty();
    }
    try {
      var config = ConfigFactory.parseFile(file.toFile(),
          ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON));
      // Models that also see keep the language part apart.
      var text = config.hasPath("text_config") ? config.getConfig("text_config") : config;
      int heads = number(text, "num_attention_heads");
      int shared = number(text, "num_key_value_heads");
      return Optional.of(new ModelShape(heads, shared == 0 ? heads : shared, number(text, "max_position_embeddings"),
          number(text, "vocab_size")));
    } catch (ConfigException unreadable) {
      return Optional.empty();
    }
  }

  private static int number(Config config, String key) {
    return config.hasPath(key) ? Math.max(0, config.getInt(key)) : 0;
  }
}
