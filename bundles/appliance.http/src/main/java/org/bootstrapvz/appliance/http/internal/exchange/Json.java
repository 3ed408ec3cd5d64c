/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.exchange;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.InputStream;
import java.util.Locale;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.appliance.api.http.HttpProblem;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;

/**
 * Objects as JSON: times as ISO 8601, durations in seconds, enums in lower case, phases by their
 * titles; absent values are left out.
 */
public final class Json {
  /** The content type of JSON. */
  public static final String TYPE = "application/json";

  @SuppressWarnings("rawtypes")
  private static final class EnumValues extends ValueSerializer<Enum> {
    @Override
    public void serialize(Enum value, JsonGenerator json, SerializationContext context) {
      json.writeString(word(value));
    }
  }

  @SuppressWarnings("rawtypes")
  private static final class EnumKeys extends ValueSerializer<Enum> {
    @Override
    public void serialize(Enum value, JsonGenerator json, SerializationContext context) {
      json.writeName(word(value));
    }
  }

  private static final int MAX_DEPTH = 64;
  private static final int MAX_DIGITS = 100;

  private static final JsonMapper MAPPER = mapper(new JsonFactory());

  /** For what clients send. */
  private static final JsonMapper STRICT =
      mapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(MAX_DEPTH)
                      .maxNumberLength(MAX_DIGITS)
                      .build())
              .build());

  private Json() {}

  private static JsonMapper mapper(JsonFactory factory) {
    return JsonMapper.builder(factory)
        .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
        .enable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .changeDefaultPropertyInclusion(
            include -> include.withValueInclusion(JsonInclude.Include.NON_ABSENT))
        .addModule(
            new SimpleModule()
                .addSerializer(Enum.class, new EnumValues())
                .addKeySerializer(Enum.class, new EnumKeys()))
        .build();
  }

  private static String word(Enum<?> value) {
    return value instanceof Phase phase ? phase.title() : value.name().toLowerCase(Locale.ROOT);
  }

  /** A value as JSON in UTF-8. */
  public static byte[] bytes(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  /** A value as a tree. */
  public static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /** Reads an object. */
  public static ObjectNode object(InputStream json) {
    return (ObjectNode) MAPPER.readTree(json);
  }

  /** Reads JSON as the store keeps it, with phases and states in the words that the API uses. */
  public static JsonNode parse(String json) {
    JsonNode parsed = MAPPER.readTree(json);
    useApiWords(parsed);
    return parsed;
  }

  private static void useApiWords(JsonNode json) {
    if (json instanceof ObjectNode object) {
      for (Phase phase : Phase.values()) {
        if (phase.name().equals(object.path("phase").asString(""))) {
          object.put("phase", phase.title());
        }
      }
      JsonNode state = object.path("state");
      if (state.isString()) {
        object.put("state", state.asString().toLowerCase(Locale.ROOT));
      }
    }
    json.forEach(Json::useApiWords);
  }

  /** Reads the object of a request. */
  static <T> T read(String text, Class<T> type) throws HttpProblem {
    JsonNode tree = strict(text);
    try {
      T value = STRICT.treeToValue(tree, type);
      if (value != null) {
        return value;
      }
    } catch (JacksonException e) {
      // Its message names Java classes, which does not help the caller.
    }
    throw notDescribed();
  }

  /**
   * Reads what a client sent.
   *
   * @throws HttpProblem with status 400 if it is not JSON or exceeds a limit
   */
  public static JsonNode strict(String text) throws HttpProblem {
    JsonNode tree;
    try (JsonParser parser = STRICT.createParser(text)) {
      tree = strict(parser);
    }
    InputGate.checkJson("The body", tree);
    return tree;
  }

  private static JsonNode strict(JsonParser parser) throws HttpProblem {
    try {
      JsonNode tree = STRICT.readTree(parser);
      if (tree == null || tree.isMissingNode() || parser.nextToken() != null) {
        throw notDescribed();
      }
      return tree;
    } catch (StreamConstraintsException e) { // which has no location
      TokenStreamLocation place = parser.currentLocation();
      throw HttpProblem.badRequest(
          "The body, line "
              + place.getLineNr()
              + ", column "
              + place.getColumnNr()
              + ": JSON may be nested "
              + MAX_DEPTH
              + " levels deep, and a number may have "
              + MAX_DIGITS
              + " digits");
    } catch (JacksonException e) {
      throw notDescribed();
    }
  }

  private static HttpProblem notDescribed() {
    return HttpProblem.badRequest(
        "The body is not the JSON object that /api/v1/openapi.json describes");
  }
}
