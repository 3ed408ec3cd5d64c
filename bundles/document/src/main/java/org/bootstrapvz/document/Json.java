/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.document;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.bootstrapvz.api.manifest.ManifestContent;
import org.bootstrapvz.api.manifest.ManifestSource;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.value.Secret;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads and writes the documents of this package: phases by their titles, paths as they are,
 * durations and times in ISO 8601.
 */
final class Json {
  /** The last character before the surrogates, of which a lone one has no form in UTF-8. */
  private static final int LAST_UNESCAPED = '\ud7ff';

  private static final JsonMapper MAPPER =
      JsonMapper.builder(JsonFactory.builder().highestNonEscapedChar(LAST_UNESCAPED).build())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_LONG_FOR_INTS)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
          .addMixIn(Artefact.class, ArtefactType.class)
          .addMixIn(ManifestContent.Node.class, NodeType.class)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .addModule(
              new SimpleModule()
                  .addSerializer(Phase.class, new PhaseWriter())
                  .addDeserializer(Phase.class, new PhaseReader())
                  .addKeySerializer(Phase.class, new PhaseKeyWriter())
                  .addKeyDeserializer(Phase.class, new PhaseKeyReader())
                  .addSerializer(ManifestSource.class, new SourceWriter())
                  .addDeserializer(ManifestSource.class, new SourceReader())
                  .addSerializer(Path.class, new PathWriter())
                  .addDeserializer(Path.class, new PathReader()))
          .build();

  /** For documents that hold secrets. */
  private static final JsonMapper CONFIDENTIAL =
      MAPPER
          .rebuild()
          .addModule(
              new SimpleModule("secrets")
                  .addSerializer(Secret.class, new SecretWriter())
                  .addDeserializer(Secret.class, new SecretReader()))
          .build();

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Artefact.Local.class, name = "local"),
    @JsonSubTypes.Type(value = Artefact.Remote.class, name = "remote")
  })
  private interface ArtefactType {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = ManifestContent.Mapping.class, name = "map"),
    @JsonSubTypes.Type(value = ManifestContent.Sequence.class, name = "list"),
    @JsonSubTypes.Type(value = ManifestContent.Scalar.class, name = "scalar")
  })
  private interface NodeType {}

  private static final class PathWriter extends ValueSerializer<Path> {
    @Override
    public void serialize(Path path, JsonGenerator json, SerializationContext context) {
      json.writeString(path.toString());
    }

    @Override
    public void serializeWithType(
        Path path, JsonGenerator json, SerializationContext context, TypeSerializer type) {
      serialize(path, json, context);
    }
  }

  private static final class PathReader extends ValueDeserializer<Path> {
    @Override
    public Path deserialize(JsonParser json, DeserializationContext context) {
      return Path.of(json.getValueAsString());
    }
  }

  /** A worker builds what was submitted to an appliance, which is one file. */
  private static final class SourceWriter extends ValueSerializer<ManifestSource> {
    @Override
    public void serialize(ManifestSource source, JsonGenerator json, SerializationContext context) {
      json.writeString(source.file().toString());
    }
  }

  private static final class SourceReader extends ValueDeserializer<ManifestSource> {
    @Override
    public ManifestSource deserialize(JsonParser json, DeserializationContext context) {
      return ManifestSource.selfContained(Path.of(json.getValueAsString()));
    }
  }

  private static final class SecretWriter extends ValueSerializer<Secret> {
    @Override
    public void serialize(Secret secret, JsonGenerator json, SerializationContext context) {
      json.writeString(secret.reveal());
    }
  }

  private static final class SecretReader extends ValueDeserializer<Secret> {
    @Override
    public Secret deserialize(JsonParser json, DeserializationContext context) {
      return Secret.of(json.getValueAsString());
    }
  }

  private static final class PhaseKeyWriter extends ValueSerializer<Phase> {
    @Override
    public void serialize(Phase phase, JsonGenerator json, SerializationContext context) {
      json.writeName(phase.title());
    }
  }

  private static final class PhaseKeyReader extends KeyDeserializer {
    @Override
    public Object deserializeKey(String key, DeserializationContext context) {
      return phase(key)
          .orElseThrow(() -> context.weirdKeyException(Phase.class, key, "not a phase"));
    }
  }

  private static Optional<Phase> phase(String word) {
    return Stream.of(Phase.values())
        .filter(phase -> phase.title().equals(word) || phase.name().equals(word))
        .findFirst();
  }

  private static final class PhaseWriter extends ValueSerializer<Phase> {
    @Override
    public void serialize(Phase phase, JsonGenerator json, SerializationContext context) {
      json.writeString(phase.title());
    }
  }

  private static final class PhaseReader extends ValueDeserializer<Phase> {
    @Override
    public Phase deserialize(JsonParser json, DeserializationContext context) {
      String word = json.getValueAsString();
      return phase(word)
          .orElseThrow(() -> context.weirdStringException(word, Phase.class, "not a phase"));
    }
  }

  private Json() {}

  /** On one line. */
  static String compact(Object document) {
    return MAPPER.writeValueAsString(document);
  }

  /** On one line, with secrets. */
  static String confidential(Object document) {
    return CONFIDENTIAL.writeValueAsString(document);
  }

  /** As a tree. */
  static ObjectNode tree(Object document) {
    return MAPPER.valueToTree(document);
  }

  /** On several lines, indented, with a newline at the end. */
  static String indented(Object document) {
    return MAPPER
            .writer()
            .with(SerializationFeature.INDENT_OUTPUT)
            .writeValueAsString(document)
            .replace(System.lineSeparator(), "\n")
        + "\n";
  }

  /**
   * Reads a document.
   *
   * @throws IllegalArgumentException if the text is not such a document; the message says where and
   *     why
   */
  static <T> T read(String json, Class<T> type, String name) {
    return read(MAPPER, json, type, name);
  }

  /** Reads a document that holds secrets, as {@link #read(String, Class, String)} does. */
  static <T> T readConfidential(String json, Class<T> type, String name) {
    return read(CONFIDENTIAL, json, type, name);
  }

  /** Reads a part of a document, as {@link #read(String, Class, String)} does. */
  static <T> T read(JsonNode json, Class<T> type, String name) {
    try {
      return MAPPER.treeToValue(json, type);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "The text is not a valid " + name + ": " + e.getOriginalMessage(), e);
    }
  }

  private static <T> T read(JsonMapper mapper, String json, Class<T> type, String name) {
    try {
      T document = mapper.readValue(json, type);
      if (document != null) {
        return document;
      }
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "The text is not a valid "
              + name
              + " (line "
              + (e.getLocation() == null ? 1 : e.getLocation().getLineNr())
              + "): "
              + e.getOriginalMessage(),
          e);
    }
    throw new IllegalArgumentException("The text is not a valid " + name + ": it is null");
  }
}
