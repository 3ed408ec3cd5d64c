/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.document;

import java.util.stream.Stream;
import org.bootstrapvz.api.task.Phase;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** Reads and writes the documents of this package: phases by their titles. */
final class Json {
  /** The last character before the surrogates, of which a lone one has no form in UTF-8. */
  private static final int LAST_UNESCAPED = '\ud7ff';

  private static final JsonMapper MAPPER =
      JsonMapper.builder(JsonFactory.builder().highestNonEscapedChar(LAST_UNESCAPED).build())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .addModule(
              new SimpleModule()
                  .addSerializer(Phase.class, new PhaseWriter())
                  .addDeserializer(Phase.class, new PhaseReader()))
          .build();

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
      return Stream.of(Phase.values())
          .filter(phase -> phase.title().equals(word) || phase.name().equals(word))
          .findFirst()
          .orElseThrow(() -> context.weirdStringException(word, Phase.class, "not a phase"));
    }
  }

  private Json() {}

  /** On one line. */
  static String compact(Object document) {
    return MAPPER.writeValueAsString(document);
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
    try {
      T document = MAPPER.readValue(json, type);
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
