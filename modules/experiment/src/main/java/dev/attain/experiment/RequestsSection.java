package dev.attain.experiment;

import dev.attain.workload.PromptForm;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code requests}. */
final class RequestsSection {
  private static final int MOST_EVENT_LOOPS = 128;
  private static final int MOST_IN_FLIGHT = 1_000_000;
  private static final int MOST_CONNECTIONS_AHEAD = 10_000;
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private RequestsSection() {}

  /**
   * @param form what the dialect must be able to carry
   * @param external whether there are servers that attain does not start
   */
  static RequestPolicy read(Section section, PromptForm form, boolean external) {
    var policy = new RequestPolicy(dialect(section.get("dialect"), form), seconds(section, "connect-timeout"),
        firstByte(section), seconds(section, "total-timeout"), seconds(section, "drain"),
        Numbers.whole(section.get("event-loops"), 1, MOST_EVENT_LOOPS),
        Numbers.whole(section.get("hard-stop-in-flight"), 1, MOST_IN_FLIGHT),
        section.optional("api-key-variable").flatMap(
            setting -> apiKeyVariable(setting, section.reading())),
        section.get("token-counts").choice(TokenCounts.class).orElse(TokenCounts.AUTO), connectionsAhead(section),
        bodyFields(section, external));
    if (external && policy.tokenCounts() == TokenCounts.USAGE
        && !policy.bodyFields().contains(BodyField.STREAM_OPTIONS)) {
      section.get("token-counts").problem(
          "usage is asked for through stream_options, which requests.body-fields leaves out; add stream-options there, or "
              + "write token-counts = events");
    }
    section.close("without a deployment of kind external: engines that attain starts get the fields of their kind");
    return policy;
  }

  private static Dialect dialect(Setting setting, PromptForm form) {
    var dialect = setting.choice(Dialect.class).orElse(Dialect.COMPLETIONS);
    if (dialect == Dialect.CHAT && form == PromptForm.TOKEN_IDS) {
      setting.problem("chat carries no token ids; write workload.prompts-as = text, or requests.dialect = completions");
    }
    return dialect;
  }

  private static OptionalInt connectionsAhead(Section section) {
    var setting = section.get("connections-ahead");
    if (setting.written().equals("auto")) {
      setting.resolve("auto");
      return OptionalInt.empty();
    }
    return OptionalInt.of(Numbers.whole(setting, 0, MOST_CONNECTIONS_AHEAD));
  }

  private static Set<BodyField> bodyFields(Section section, boolean external) {
    if (!external) {
      return Set.of();
    }
    var fields = EnumSet.noneOf(BodyField.class);
    var given = section.get("body-fields");
    given.elements().forEach(each -> each.choice(BodyField.class).ifPresent(fields::add));
    if (fields.contains(BodyField.CONTINUOUS_USAGE) && !fields.contains(BodyField.STREAM_OPTIONS)) {
      given.problem("continuous-usage is a part of stream-options; name both");
    }
    return fields;
  }

  private static Duration firstByte(Section section) {
    var setting = section.get("first-byte-timeout");
    var firstByte = Durations.positive(setting, DurationUnit.SECONDS);
    var total = section.get("total-timeout");
    if (firstByte.compareTo(Durations.positive(total, DurationUnit.SECONDS)) > 0) {
      if (section.gives("total-timeout")) {
        total.problem(total.written() + " is shorter than requests.first-byte-timeout of " + setting.written()
            + "; lengthen it, or shorten the other");
      } else {
        setting.problem(setting.written() + " is longer than requests.total-timeout of " + total.written()
            + "; shorten it, or lengthen the other");
      }
    }
    return firstByte;
  }

  private static Duration seconds(Section section, String key) {
    return Durations.positive(section.get(key), DurationUnit.SECONDS);
  }

  private static Optional<String> apiKeyVariable(Setting setting, Reading reading) {
    var name = setting.text();
    if (name.isPresent() && !VARIABLE.matcher(name.get()).matches()) {
      // Somebody may have written the key itself here, so the sentence does not repeat it.
      setting.resolve("");
      setting.problem(
          "is not the name of an environment variable; write its name, for example OPENAI_API_KEY, never the key itself");
      return Optional.empty();
    }
    if (name.isPresent() && reading.environment().getOrDefault(name.get(), "").isEmpty()) {
      setting.problem(
          "the environment variable " + name.get() + " is not set; set it to the API key, or leave the key out");
    }
    return name;
  }
}
