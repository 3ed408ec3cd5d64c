/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.internal.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.appliance.api.history.BuildDetails;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
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
 * titles; what is empty is left out.
 */
final class Json {
  static final String TYPE = "application/json";
  static final String PROBLEM_TYPE = "application/problem+json";

  @SuppressWarnings("rawtypes")
  private static final class Words extends ValueSerializer<Enum> {
    @Override
    public void serialize(Enum value, JsonGenerator json, SerializationContext context) {
      json.writeString(word(value));
    }
  }

  @SuppressWarnings("rawtypes")
  private static final class Names extends ValueSerializer<Enum> {
    @Override
    public void serialize(Enum value, JsonGenerator json, SerializationContext context) {
      json.writeName(word(value));
    }
  }

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .changeDefaultPropertyInclusion(
              include -> include.withValueInclusion(JsonInclude.Include.NON_ABSENT))
          .addModule(
              new SimpleModule()
                  .addSerializer(Enum.class, new Words())
                  .addKeySerializer(Enum.class, new Names()))
          .build();

  private Json() {}

  private static String word(Enum<?> value) {
    return value instanceof Phase phase ? phase.title() : value.name().toLowerCase(Locale.ROOT);
  }

  static byte[] bytes(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /** JSON as the store keeps it, with phases and states in the words that all of the API uses. */
  static JsonNode parse(String json) {
    JsonNode parsed = MAPPER.readTree(json);
    reword(parsed);
    return parsed;
  }

  private static void reword(JsonNode json) {
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
    json.forEach(Json::reword);
  }

  /** A build with all about it, except for what has a resource of its own. */
  static ObjectNode details(BuildDetails build) {
    ObjectNode json = MAPPER.valueToTree(build.summary());
    json.set("problems", tree(build.problems()));
    json.set("tasks", tree(build.tasks()));
    json.set("artefacts", tree(build.artefacts().stream().map(Json::artefact).toList()));
    json.set("bundles", tree(build.bundles()));
    json.set("phases", tree(build.phases()));
    json.set("notReleased", tree(build.notReleased()));
    return json;
  }

  /** Shows an artefact; not where a file is on the appliance's disk. */
  static Map<String, Object> artefact(Artefact artefact) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", artefact.name());
    if (artefact instanceof Artefact.Local local) {
      json.put("size", local.size());
      json.put("sizeOnDisk", local.sizeOnDisk());
      json.put("sha256", local.sha256());
    } else if (artefact instanceof Artefact.Remote remote) {
      json.put("kind", remote.kind());
      json.put("account", remote.account());
      json.put("region", remote.region());
      json.put("link", remote.link());
    }
    return json;
  }

  /** Reads an object of a request. */
  static <T> T read(String text, Class<T> type) throws HttpProblem {
    try {
      T value = MAPPER.readValue(text, type);
      if (value != null) {
        return value;
      }
    } catch (JacksonException e) {
      // Its message names classes of ours, which is of no use to the caller.
    }
    throw HttpProblem.badRequest(
        "The body is not the JSON object that /api/v1/openapi.json describes");
  }
}
