/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bootstrapvz.api.manifest.ManifestValue;
import tools.jackson.databind.JsonNode;

/** Describes values and their kinds for messages. A secret value is never quoted. */
final class ValueText {
  private ValueText() {}

  /** A value for messages: on one line and not too long. */
  static String shown(ManifestValue value) {
    String line = value.text().lines().findFirst().orElse("");
    boolean whole = line.length() <= 60 && line.equals(value.text());
    return "\"" + (whole ? line : line.substring(0, Math.min(60, line.length())) + "…") + "\"";
  }

  static String wrongKind(Value value, List<String> wanted, boolean secret) {
    String kinds = String.join(" or ", new LinkedHashSet<>(wanted));
    if (!value.exists()) {
      return "Missing value; expected " + kinds;
    }
    return "This must be " + kinds + ", but is " + kind(value, secret);
  }

  static String notAllowed(Value value, boolean secret) {
    return (secret || !value.isScalar() ? "This" : shown(value)) + " is not allowed here";
  }

  /** The remedy if the text would be correct as another kind of value. */
  static String quotingHint(Value value, List<String> wanted) {
    if (!value.exists()) {
      return "Give it a value or remove the key";
    }
    if (value.isScalar() && wanted.contains("text")) {
      return "Put it in quotes";
    }
    if (value.isScalar() && Set.of("a list").containsAll(wanted)) {
      return "Write a list: a line with a dash for each entry";
    }
    if (Set.of("a map").containsAll(wanted)) {
      return "Write its keys below it, each on a line and indented";
    }
    boolean number = wanted.contains("a whole number") || wanted.contains("a number");
    if (value.data() instanceof String text && number && text.matches("\\d+")) {
      return "Write it without quotes";
    }
    return value.data() instanceof String && wanted.contains("true or false")
        ? "Write true or false without quotes"
        : "";
  }

  private static String kind(Value value, boolean secret) {
    if (!value.isScalar()) {
      return value.isMap() ? "a map" : "a list";
    }
    Object data = value.data();
    String name =
        data instanceof String
            ? "the text"
            : data instanceof Boolean ? "the boolean" : "the number";
    if (secret) {
      return name.replace("the", "a");
    }
    return name + " " + (data instanceof String ? shown(value) : value.text());
  }

  static List<String> kinds(JsonNode type) {
    List<String> kinds = new ArrayList<>();
    for (JsonNode name : type.isArray() ? type : List.of(type)) {
      kinds.add(
          switch (name.asString()) {
            case "object" -> "a map";
            case "array" -> "a list";
            case "string" -> "text";
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "boolean" -> "true or false";
            default -> "nothing";
          });
    }
    return kinds;
  }
}
