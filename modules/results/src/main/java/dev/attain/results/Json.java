package dev.attain.results;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How the records of this package become files and come back. */
final class Json {
  /** Shared by everything here; thread-safe once configured. */
  static final ObjectMapper MAPPER = JsonMapper.builder()
      .addModules(new Jdk8Module(), new JavaTimeModule())
      .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
      .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
      .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
      .annotationIntrospector(new RequiredUnlessOptional())
      .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
      .build();

  private Json() {}

  /** A component that is {@link Optional}, or says {@link JsonProperty} itself, may be missing; every other may not. */
  private static final class RequiredUnlessOptional extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    @Override
    public Boolean hasRequiredMarker(AnnotatedMember member) {
      return member.getRawType() != Optional.class && !member.hasAnnotation(JsonProperty.class);
    }
  }

  static byte[] pretty(Object document) throws IOException {
    var printer = new DefaultPrettyPrinter();
    printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
    return MAPPER.writer(printer).writeValueAsBytes(document);
  }

  static JsonNode tree(String json) throws IOException {
    return MAPPER.readTree(json);
  }

  /** Reads a document of this package's schema version; any other version is refused by name. */
  static <T> T read(Path file, Class<T> type) throws BundleException {
    try {
      JsonNode tree = MAPPER.readTree(Files.readAllBytes(file));
      int version = tree.path("schemaVersion").asInt(0);
      if (version != PointSummary.SCHEMA_VERSION) {
        String found = tree.has("schemaVersion") ? tree.get("schemaVersion").toString() : "missing";
        throw new BundleException(file + ": schemaVersion is " + found
            + "; this program reads version " + PointSummary.SCHEMA_VERSION);
      }
      if (type == PointSummary.class && tree instanceof ObjectNode summary) {
        addLater(summary);
      }
      return MAPPER.treeToValue(tree, type);
    } catch (JsonProcessingException e) {
      throw new BundleException(file + ": not a readable " + type.getSimpleName() + ": " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new BundleException(file + ": cannot be read: " + e, e);
    }
  }

  /** What summaries of this schema version did not have at first, and what was true without it. */
  private static void addLater(ObjectNode summary) {
    if (!summary.has("itlPerToken") && summary.has("itl")) {
      summary.set("itlPerToken", summary.get("itl"));
    }
    for (String figures : List.of("connections", "tokens", "confidence")) {
      if (!summary.has(figures)) {
        summary.putNull(figures);
      }
    }
  }
}
