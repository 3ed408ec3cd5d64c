/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bootstrapvz.api.volume.VolumeType;
import org.bootstrapvz.api.volume.VolumeTypes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Replaces the rules of a schema about bootloaders, image formats and filesystems by lists of the
 * installed ones that match.
 *
 * <p>A rule, such as {@code "imageFormats": {"platforms": ["qemu"]}}, becomes an {@code enum} of
 * the names of the types that satisfy it. If the map around it allows only the keys it knows, it
 * also gets the keys that these types add: the schema of a type applies to maps that name the type,
 * and its keys are forbidden in all others.
 */
final class TypeRules {
  /** The keywords whose value maps names to schemas. */
  private static final Set<String> NAMED =
      Set.of("properties", "patternProperties", "$defs", "dependentSchemas");

  /** The keywords whose value is data. */
  private static final Set<String> DATA =
      Set.of("enum", "const", "examples", "default", "required");

  /** The kinds of types. */
  private enum Kind {
    BOOTLOADERS("bootloaders", "a system"),
    IMAGE_FORMATS("imageFormats", "a volume"),
    FILESYSTEMS("filesystems", "a partition");

    private final String keyword;

    /** The name of the kind in messages. */
    private final String owner;

    Kind(String keyword, String owner) {
      this.keyword = keyword;
      this.owner = owner;
    }

    private List<? extends VolumeType> of(VolumeTypes types) {
      return switch (this) {
        case BOOTLOADERS -> types.bootloaders();
        case IMAGE_FORMATS -> types.imageFormats();
        case FILESYSTEMS -> types.filesystems();
      };
    }
  }

  private final VolumeTypes types;

  TypeRules(VolumeTypes types) {
    this.types = types;
  }

  /** A text that identifies the meaning of the rules for these types. */
  static String fingerprint(VolumeTypes types) {
    StringBuilder text = new StringBuilder();
    for (Kind kind : Kind.values()) {
      for (VolumeType type : kind.of(types)) {
        text.append('\n').append(kind.keyword).append(' ').append(type.name());
        text.append(' ').append(type.capabilities());
        type.schema().ifPresent(schema -> text.append(' ').append(schema.toExternalForm()));
      }
    }
    return text.toString();
  }

  /**
   * Replaces the rules in a schema and in all schemas in it.
   *
   * @throws IOException if the schema of a type cannot be read or is not JSON
   */
  void apply(JsonNode schema) throws IOException {
    if (!(schema instanceof ObjectNode object)) {
      return;
    }
    addKeys(object);
    for (Kind kind : Kind.values()) {
      if (object.get(kind.keyword) instanceof ObjectNode rule) {
        List<String> names = satisfying(kind, rule).stream().map(VolumeType::name).toList();
        object.remove(kind.keyword);
        object.set("enum", JsonNodes.list(names));
      }
    }
    for (Map.Entry<String, JsonNode> entry : List.copyOf(object.properties())) {
      if (!DATA.contains(entry.getKey())) {
        applyBelow(entry.getKey(), entry.getValue());
      }
    }
  }

  private void applyBelow(String keyword, JsonNode value) throws IOException {
    if (value.isArray() || NAMED.contains(keyword)) {
      for (JsonNode each : value) {
        apply(each);
      }
    } else {
      apply(value);
    }
  }

  private List<? extends VolumeType> satisfying(Kind kind, JsonNode rule) {
    Map<String, List<String>> asked = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : rule.properties()) {
      List<String> values = new ArrayList<>();
      entry.getValue().forEach(value -> values.add(value.asString()));
      asked.put(entry.getKey(), values);
    }
    return kind.of(types).stream().filter(type -> type.satisfies(asked)).toList();
  }

  private void addKeys(ObjectNode map) throws IOException {
    if (!map.path("additionalProperties").isBoolean()
        || !(map.get("properties") instanceof ObjectNode properties)) {
      return;
    }
    for (Map.Entry<String, JsonNode> property : List.copyOf(properties.properties())) {
      for (Kind kind : Kind.values()) {
        if (property.getValue().get(kind.keyword) instanceof ObjectNode rule) {
          addKeys(map, properties, kind, property.getKey(), satisfying(kind, rule));
        }
      }
    }
  }

  private static void addKeys(
      ObjectNode map,
      ObjectNode properties,
      Kind kind,
      String naming,
      List<? extends VolumeType> types)
      throws IOException {
    Map<String, List<String>> owners = new LinkedHashMap<>();
    ArrayNode conditions = map.get("allOf") instanceof ArrayNode all ? all : JsonNodes.emptyList();
    for (VolumeType type : types) {
      if (type.schema().isEmpty()) {
        continue;
      }
      ObjectNode own = withoutHeader(Schemas.read(type.schema().get()));
      for (Map.Entry<String, JsonNode> key : own.path("properties").properties()) {
        owners.computeIfAbsent(key.getKey(), name -> new ArrayList<>()).add(type.name());
        if (!properties.has(key.getKey())) {
          properties.set(key.getKey(), described(key.getValue()));
        }
      }
      ObjectNode condition = names(naming, List.of(type.name()));
      condition.set("then", own);
      conditions.add(condition);
    }
    owners.forEach(
        (key, names) -> {
          ObjectNode forbidden = JsonNodes.emptyMap();
          forbidden.set(key, JsonNodes.truth(false));
          ObjectNode otherwise = JsonNodes.emptyMap();
          otherwise.set(
              "description",
              JsonNodes.text(
                  "Only " + kind.owner + " with " + naming + " " + or(names) + " has it"));
          otherwise.set("properties", forbidden);
          ObjectNode condition = names(naming, names);
          condition.set("else", otherwise);
          conditions.add(condition);
        });
    if (!conditions.isEmpty()) {
      map.set("allOf", conditions);
    }
  }

  /** A nested schema has no dialect of its own. */
  private static ObjectNode withoutHeader(JsonNode schema) throws IOException {
    if (!(schema instanceof ObjectNode object)) {
      throw new IOException("The schema of a type is not a map");
    }
    object.remove("$schema");
    return object;
  }

  /** The description that editors show for a key before the type is known. */
  private static ObjectNode described(JsonNode key) {
    ObjectNode described = JsonNodes.emptyMap();
    if (key.has("description")) {
      described.set("description", key.get("description"));
    }
    return described;
  }

  /** The condition that a map names one of these types. */
  private static ObjectNode names(String naming, List<String> types) {
    ObjectNode name = JsonNodes.emptyMap();
    name.set("enum", JsonNodes.list(types));
    ObjectNode properties = JsonNodes.emptyMap();
    properties.set(naming, name);
    ObjectNode test = JsonNodes.emptyMap();
    test.set("properties", properties);
    test.set("required", JsonNodes.list(List.of(naming)));
    ObjectNode condition = JsonNodes.emptyMap();
    condition.set("if", test);
    return condition;
  }

  private static String or(List<String> names) {
    int last = names.size() - 1;
    return last == 0
        ? names.get(0)
        : String.join(", ", names.subList(0, last)) + " or " + names.get(last);
  }
}
