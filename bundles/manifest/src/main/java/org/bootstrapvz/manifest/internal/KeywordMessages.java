/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Describes, for users, errors of a value by the keyword of the schema. */
final class KeywordMessages {
  private final JsonNode schema;
  private final Value root;
  private final SchemaProblems problems;
  private final SecretParts secrets;

  KeywordMessages(JsonNode schema, Value root, SchemaProblems problems) {
    this.schema = schema;
    this.root = root;
    this.problems = problems;
    this.secrets = new SecretParts(schema);
  }

  /** Adds the problem for a fault. */
  void describe(SchemaFault fault) {
    if (problems.isFull()) {
      // Only counted.
      problems.add(root.descend(fault.at()), fault.property() + " is not allowed here", "");
      return;
    }
    SchemaPath via = fault.via();
    JsonNode owner = via.resolve(schema, via.steps().size() - 1);
    JsonNode argument = via.resolve(schema, via.steps().size());
    Value value = root.descend(fault.at());
    boolean secret = problems.hidden(fault.at()) || secrets.mayDescribeSecret(owner);
    String hint = hint(via, owner);
    switch (via.keyword()) {
      case "type" -> {
        List<String> kinds = ValueText.kinds(argument);
        String quoting = ValueText.quotingHint(value, kinds);
        problems.add(
            value, ValueText.wrongKind(value, kinds, secret), quoting.isEmpty() ? hint : quoting);
      }
      case "required" -> {
        String key = fault.property();
        String meaning = hint(SchemaPath.target(schema, owner.path("properties").path(key)));
        if (meaning.isEmpty()) {
          meaning = hint;
        }
        problems.addAtKey(
            value,
            "The key `" + key + "` is missing",
            "Add it" + (meaning.isEmpty() ? "" : ": " + uncapitalised(meaning)));
      }
      case "dependentRequired" ->
          problems.addAtKey(
              value.get(fault.property()),
              "The key `" + fault.property() + "` needs the key `" + fault.arguments()[0] + "`",
              "Add that, or remove this");
      case "additionalProperties", "unevaluatedProperties" ->
          unknownKey(value, fault, owner, secret);
      case "false" -> {
        JsonNode around = via.resolve(schema, Math.max(0, via.steps().size() - 3));
        problems.addAtKey(value, "This key cannot be given here", hint(around));
      }
      case "enum" -> {
        List<String> words = new ArrayList<>();
        argument.forEach(word -> words.add(word.asString()));
        problems.add(value, ValueText.notAllowed(value, secret), oneOf(value, words, secret));
      }
      case "const" ->
          problems.add(
              value,
              ValueText.notAllowed(value, secret),
              hint.isEmpty() ? "It must be " + argument.asString() : hint);
      case "pattern" ->
          problems.add(
              value,
              (secret ? "The value" : ValueText.shown(value)) + " does not have the right form",
              hint.isEmpty() ? "The documentation of the key describes the form" : hint);
      case "propertyNames" ->
          problems.addAtKey(
              value.get(fault.property()),
              "The key `" + fault.property() + "` does not have the right form",
              hint(SchemaPath.target(schema, argument)));
      case "minLength" -> problems.add(value, "The text is too short", hint);
      case "maxLength" -> problems.add(value, "The text is too long", hint);
      case "minItems" -> few(value, value.items().size(), "list", argument.asInt());
      case "minProperties" -> few(value, value.entries().size(), "map", argument.asInt());
      case "maxItems" -> many(value, value.items().size(), "list", argument.asInt());
      case "maxProperties" -> many(value, value.entries().size(), "map", argument.asInt());
      case "uniqueItems" -> repeated(value, secret);
      case "minimum" -> range(value, secret, "at least " + argument.asString());
      case "maximum" -> range(value, secret, "at most " + argument.asString());
      case "exclusiveMinimum" -> range(value, secret, "greater than " + argument.asString());
      case "exclusiveMaximum" -> range(value, secret, "less than " + argument.asString());
      case "multipleOf" -> range(value, secret, "a multiple of " + argument.asString());
      case "not" -> {
        JsonNode required = argument.path("required");
        if (required.size() == 1) {
          String key = required.get(0).asString();
          problems.addAtKey(value.get(key), "The key `" + key + "` cannot be given here", hint);
        } else {
          problems.add(value, ValueText.notAllowed(value, secret), hint);
        }
      }
      default -> problems.add(value, ValueText.notAllowed(value, secret), hint);
    }
  }

  private void unknownKey(Value value, SchemaFault fault, JsonNode owner, boolean secret) {
    Set<String> allowed = new LinkedHashSet<>();
    collectKeys(owner, allowed);
    String list =
        allowed.isEmpty()
            ? "No key is allowed here"
            : "Allowed here: " + String.join(", ", allowed);
    Value unknown = value.get(fault.property());
    // Without a value, what looks like a key may be the secret itself: password: {hunter2}
    if (problems.hidden(fault.at()) || secret && !unknown.exists()) {
      problems.addAtKey(unknown, value, "Unknown key", list);
      return;
    }
    problems.addAtKey(
        unknown,
        "Unknown key `" + fault.property() + "`",
        didYouMean(fault.property(), allowed, "`") + list);
  }

  private void collectKeys(JsonNode owner, Set<String> keys) {
    JsonNode target = SchemaPath.target(schema, owner);
    target.path("properties").propertyNames().forEach(keys::add);
    if (target != owner) {
      owner.path("properties").propertyNames().forEach(keys::add);
    }
    for (String applicator : List.of("allOf", "anyOf", "oneOf")) {
      target.path(applicator).forEach(part -> collectKeys(part, keys));
    }
    for (String applicator : List.of("then", "else")) {
      if (target.has(applicator)) {
        collectKeys(target.get(applicator), keys);
      }
    }
  }

  private void repeated(Value list, boolean secret) {
    Set<@Nullable Object> seen = new HashSet<>();
    for (ManifestValue item : list.items()) {
      if (!seen.add(item.data())) {
        String what = secret || !item.isScalar() ? "The entry" : ValueText.shown(item);
        problems.add(item, what + " appears twice in the list", "Remove one of them");
      }
    }
  }

  private void range(Value value, boolean secret, String wanted) {
    problems.add(
        value, (secret ? "The number" : value.text()) + " is out of range", "It must be " + wanted);
  }

  private void few(Value value, int size, String kind, int least) {
    problems.add(
        value,
        "The " + kind + (size == 0 ? " is empty" : " has only " + entries(size)),
        "It needs at least " + entries(least));
  }

  private void many(Value value, int size, String kind, int most) {
    problems.add(
        value, "The " + kind + " has " + entries(size), "It can have at most " + entries(most));
  }

  private static String entries(int count) {
    return count == 1 ? "1 entry" : count + " entries";
  }

  /** The allowed words, and the nearest of them. */
  String oneOf(Value value, List<String> words, boolean secret) {
    return (secret || !value.isScalar() ? "" : didYouMean(value.text(), words, ""))
        + "Allowed: "
        + String.join(", ", words);
  }

  private static String didYouMean(String word, Collection<String> candidates, String quote) {
    return Synonyms.nearest(word, candidates)
        .map(nearest -> "Did you mean " + quote + nearest + quote + "? ")
        .orElse("");
  }

  /** The description of a schema, or else that of the place that refers to it. */
  private String hint(SchemaPath via, JsonNode owner) {
    int reference = via.steps().size() - 2;
    String own = hint(owner);
    return own.isEmpty() && reference >= 0 && via.steps().get(reference).equals("$ref")
        ? hint(via.resolve(schema, reference))
        : own;
  }

  /** The description in a schema, with its examples. */
  private static String hint(JsonNode schema) {
    String description = schema.path("description").asString("");
    List<String> examples = new ArrayList<>();
    schema.path("examples").forEach(example -> examples.add(example.asString()));
    if (description.isEmpty() || examples.isEmpty()) {
      return description;
    }
    return description + ", for example " + String.join(" or ", examples);
  }

  private static String uncapitalised(String sentence) {
    boolean acronym = sentence.length() > 1 && Character.isUpperCase(sentence.charAt(1));
    return acronym
        ? sentence
        : sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
  }
}
