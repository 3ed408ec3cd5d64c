/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import com.networknt.schema.Error;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Location;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.problem.Problem.Severity;
import org.bootstrapvz.api.problem.Suggestion;
import tools.jackson.databind.JsonNode;

/** Says in a person's words what a value lacks to fit a schema. */
final class SchemaErrorMessages {
  private final JsonNode schema;
  private final Value root;
  private final Set<List<String>> secrets;
  private final Set<Problem> problems = new LinkedHashSet<>();

  private SchemaErrorMessages(JsonNode schema, Value root, Set<List<String>> secrets) {
    this.schema = schema;
    this.root = root;
    this.secrets = secrets;
  }

  /**
   * The problems that the library's errors stand for.
   *
   * @param schema the schema that was applied
   * @param root the value it was applied to
   * @param secrets the paths below the root whose values must not be shown
   */
  static Set<Problem> of(
      List<Error> errors, JsonNode schema, Value root, Set<List<String>> secrets) {
    SchemaErrorMessages wording = new SchemaErrorMessages(schema, root, secrets);
    wording.report(errors.stream().map(Fault::of).toList(), 0);
    return wording.problems;
  }

  /** An error of the library with its paths as plain lists. */
  private record Fault(List<String> at, SchemaPath via, String property, Object[] arguments) {
    static Fault of(Error error) {
      List<String> via = new ArrayList<>(Schemas.steps(error.getEvaluationPath()));
      return new Fault(
          Schemas.steps(error.getInstanceLocation()),
          new SchemaPath(via),
          error.getProperty(),
          error.getArguments());
    }
  }

  /** A choice between schemas that a value at a path met. */
  private record Choice(List<String> via, List<String> at) {}

  private void report(List<Fault> faults, int from) {
    Map<Choice, List<Fault>> choices = new LinkedHashMap<>();
    for (Fault fault : faults) {
      int index = fault.via().firstChoice(from);
      if (index < 0) {
        describe(fault);
      } else {
        List<String> via = fault.via().steps().subList(0, index + 1);
        List<String> at = fault.at().subList(0, fault.via().depth(index));
        choices.computeIfAbsent(new Choice(via, at), key -> new ArrayList<>()).add(fault);
      }
    }
    choices.forEach(this::reportChoice);
  }

  private void reportChoice(Choice choice, List<Fault> faults) {
    int branchAt = choice.via().size();
    Value value = root.descend(choice.at());
    JsonNode branches = new SchemaPath(choice.via()).resolve(schema, branchAt);
    Map<String, List<Fault>> byBranch =
        faults.stream()
            .filter(fault -> fault.via().steps().size() > branchAt)
            .collect(
                Collectors.groupingBy(
                    fault -> fault.via().steps().get(branchAt),
                    LinkedHashMap::new,
                    Collectors.toList()));
    Set<String> keys = requiredKeys(branches);
    if (byBranch.size() < branches.size()) {
      String message =
          keys.isEmpty()
              ? "The value fits more than one of the forms allowed here"
              : "Only one of the keys " + quoted(keys) + " can be given";
      add(value, message, keys.isEmpty() ? "Choose one" : "Remove the others");
      return;
    }
    List<List<Fault>> candidates =
        byBranch.values().stream().filter(branch -> !rulesOutKind(branch, choice.at())).toList();
    if (candidates.isEmpty()) {
      kindMismatch(choice, value, byBranch.values());
    } else if (!keys.isEmpty() && candidates.stream().allMatch(branch -> lacksOneKey(branch))) {
      addAtKey(value, "One of the keys " + quoted(keys) + " is missing", "Add one of them");
    } else {
      report(
          candidates.stream().min(Comparator.comparingInt(List::size)).orElseThrow(), branchAt + 1);
    }
  }

  /** Whether a branch is meant for another kind of value or another value altogether. */
  private static boolean rulesOutKind(List<Fault> branch, List<String> at) {
    return branch.stream()
        .anyMatch(
            fault ->
                fault.at().equals(at)
                    && List.of("type", "const", "enum").contains(fault.via().keyword()));
  }

  private static boolean lacksOneKey(List<Fault> branch) {
    return branch.size() == 1 && branch.get(0).via().keyword().equals("required");
  }

  /** The keys of which a choice wants one; empty if it is about something else. */
  private static Set<String> requiredKeys(JsonNode branches) {
    Set<String> keys = new LinkedHashSet<>();
    for (JsonNode branch : branches) {
      JsonNode required = branch.path("required");
      if (required.size() != 1) {
        return Set.of();
      }
      keys.add(required.get(0).asString());
    }
    return keys;
  }

  /** No branch is for this kind of value: says all that would do. */
  private void kindMismatch(Choice choice, Value value, Iterable<? extends List<Fault>> branches) {
    List<String> kinds = new ArrayList<>();
    List<String> words = new ArrayList<>();
    for (List<Fault> branch : branches) {
      for (Fault fault : branch) {
        JsonNode argument = fault.via().resolve(schema, fault.via().steps().size());
        switch (fault.via().keyword()) {
          case "type" -> kinds.addAll(kinds(argument));
          case "const" -> words.add(argument.asString());
          case "enum" -> argument.forEach(word -> words.add(word.asString()));
          default -> {}
        }
      }
    }
    if (words.isEmpty()) {
      add(value, wrongKind(value, kinds, hidden(choice.at())), quotingHint(value, kinds));
    } else {
      List<String> allowed = new ArrayList<>(words);
      kinds.stream().filter(kind -> !kind.equals("text")).forEach(allowed::add);
      add(value, notAllowed(value, hidden(choice.at())), oneOf(value, allowed, choice.at()));
    }
  }

  private void describe(Fault fault) {
    SchemaPath via = fault.via();
    JsonNode owner = via.resolve(schema, via.steps().size() - 1);
    JsonNode argument = via.resolve(schema, via.steps().size());
    Value value = root.descend(fault.at());
    boolean secret = hidden(fault.at());
    String hint = hint(owner);
    switch (via.keyword()) {
      case "type" -> {
        List<String> kinds = kinds(argument);
        String quoting = quotingHint(value, kinds);
        add(value, wrongKind(value, kinds, secret), quoting.isEmpty() ? hint : quoting);
      }
      case "required" -> {
        String key = fault.property();
        String meaning = hint(SchemaPath.target(schema, owner.path("properties").path(key)));
        if (meaning.isEmpty()) {
          meaning = hint;
        }
        addAtKey(
            value,
            "The key `" + key + "` is missing",
            "Add it" + (meaning.isEmpty() ? "" : ": " + uncapitalised(meaning)));
      }
      case "dependentRequired" ->
          addAtKey(
              value.get(fault.property()),
              "The key `" + fault.property() + "` needs the key `" + fault.arguments()[0] + "`",
              "Add that, or remove this");
      case "additionalProperties", "unevaluatedProperties" -> unknownKey(value, fault, owner);
      case "false" -> {
        JsonNode around = via.resolve(schema, Math.max(0, via.steps().size() - 3));
        addAtKey(value, "This key cannot be given here", hint(around));
      }
      case "enum" -> {
        List<String> words = new ArrayList<>();
        argument.forEach(word -> words.add(word.asString()));
        add(value, notAllowed(value, secret), oneOf(value, words, fault.at()));
      }
      case "const" ->
          add(
              value,
              notAllowed(value, secret),
              hint.isEmpty() ? "It must be " + argument.asString() : hint);
      case "pattern" ->
          add(
              value,
              (secret ? "The value" : shown(value)) + " does not have the right form",
              hint.isEmpty() ? "It must match " + argument.asString() : hint);
      case "propertyNames" ->
          addAtKey(
              value.get(fault.property()),
              "The key `" + fault.property() + "` does not have the right form",
              hint(SchemaPath.target(schema, argument)));
      case "minLength" -> add(value, "The text is too short", hint);
      case "maxLength" -> add(value, "The text is too long", hint);
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
          addAtKey(value.get(key), "The key `" + key + "` cannot be given here", hint);
        } else {
          add(value, notAllowed(value, secret), hint);
        }
      }
      default -> add(value, notAllowed(value, secret), hint);
    }
  }

  private void unknownKey(Value value, Fault fault, JsonNode owner) {
    Set<String> allowed = new LinkedHashSet<>();
    collectKeys(owner, allowed);
    String list =
        allowed.isEmpty()
            ? "No key is allowed here"
            : "Allowed here: " + String.join(", ", allowed);
    addAtKey(
        value.get(fault.property()),
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
    List<Object> seen = new ArrayList<>();
    for (ManifestValue item : list.items()) {
      if (seen.contains(item.data())) {
        String what = secret || !item.isScalar() ? "The entry" : shown(item);
        add(item, what + " appears twice in the list", "Remove one of them");
      }
      seen.add(item.data());
    }
  }

  private void range(Value value, boolean secret, String wanted) {
    add(value, (secret ? "The number" : value.text()) + " is out of range", "It must be " + wanted);
  }

  private void few(Value value, int size, String kind, int least) {
    add(
        value,
        "The " + kind + (size == 0 ? " is empty" : " has only " + entries(size)),
        "It needs at least " + entries(least));
  }

  private void many(Value value, int size, String kind, int most) {
    add(value, "The " + kind + " has " + entries(size), "It can have at most " + entries(most));
  }

  private static String entries(int count) {
    return count == 1 ? "1 entry" : count + " entries";
  }

  private static String wrongKind(Value value, List<String> wanted, boolean secret) {
    String kinds = String.join(" or ", new LinkedHashSet<>(wanted));
    if (!value.exists()) {
      return "Missing value; expected " + kinds;
    }
    return "This must be " + kinds + ", but is " + kind(value, secret);
  }

  private static String notAllowed(Value value, boolean secret) {
    return (secret || !value.isScalar() ? "This" : shown(value)) + " is not allowed here";
  }

  private String oneOf(Value value, List<String> words, List<String> at) {
    return (hidden(at) || !value.isScalar() ? "" : didYouMean(value.text(), words, ""))
        + "Allowed: "
        + String.join(", ", words);
  }

  private static String didYouMean(String word, Collection<String> candidates, String quote) {
    return Suggestion.nearest(word, candidates)
        .map(nearest -> "Did you mean " + quote + nearest + quote + "? ")
        .orElse("");
  }

  /** What to do if the right text stands there as the wrong kind. */
  private static String quotingHint(Value value, List<String> wanted) {
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

  private static List<String> kinds(JsonNode type) {
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

  /** A value as a message shows it: on one line and not too long. */
  static String shown(ManifestValue value) {
    String line = value.text().lines().findFirst().orElse("");
    boolean whole = line.length() <= 60 && line.equals(value.text());
    return "\"" + (whole ? line : line.substring(0, Math.min(60, line.length())) + "…") + "\"";
  }

  /** What a schema says about itself, with its examples. */
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

  private static String quoted(Set<String> keys) {
    return keys.stream().map(key -> "`" + key + "`").collect(Collectors.joining(", "));
  }

  private boolean hidden(List<String> path) {
    return secrets.stream()
        .anyMatch(
            secret ->
                secret.size() <= path.size() && path.subList(0, secret.size()).equals(secret));
  }

  private void add(ManifestValue value, String message, String remedy) {
    add(value.location(), value, message, remedy);
  }

  private void addAtKey(ManifestValue value, String message, String remedy) {
    add(value.keyLocation(), value, message, remedy);
  }

  private void add(Location location, ManifestValue value, String message, String remedy) {
    problems.add(new Problem(Severity.ERROR, location, value.path(), message, remedy));
  }
}
