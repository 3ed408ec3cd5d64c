/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import com.networknt.schema.Error;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bootstrapvz.api.problem.Problem;
import tools.jackson.databind.JsonNode;

/**
 * Describes schema errors for users. For a choice between schemas, the messages are about the
 * alternative that was most likely intended.
 */
final class SchemaErrorMessages {
  private final JsonNode schema;
  private final Value root;
  private final SchemaProblems problems;
  private final KeywordMessages keywords;

  private SchemaErrorMessages(JsonNode schema, Value root, SchemaProblems problems) {
    this.schema = schema;
    this.root = root;
    this.problems = problems;
    this.keywords = new KeywordMessages(schema, root, problems);
  }

  /**
   * Converts the errors of the library into problems.
   *
   * @param schema the schema that was applied
   * @param root the value it was applied to
   * @param secrets the paths below the root whose values must not be shown
   */
  static Set<Problem> of(
      List<Error> errors, JsonNode schema, Value root, Set<List<String>> secrets) {
    SchemaProblems problems = new SchemaProblems(secrets);
    new SchemaErrorMessages(schema, root, problems)
        .report(errors.stream().map(SchemaFault::of).toList(), 0);
    return problems.found();
  }

  /** A choice between schemas that was applied to the value at a path. */
  private record Choice(List<String> via, List<String> at) {}

  private void report(List<SchemaFault> faults, int from) {
    Map<Choice, List<SchemaFault>> choices = new LinkedHashMap<>();
    for (SchemaFault fault : faults) {
      int index = fault.via().firstChoice(from);
      if (index < 0) {
        keywords.describe(fault);
      } else {
        List<String> via = fault.via().steps().subList(0, index + 1);
        List<String> at = fault.at().subList(0, fault.via().depth(index));
        choices.computeIfAbsent(new Choice(via, at), key -> new ArrayList<>()).add(fault);
      }
    }
    choices.forEach(this::reportChoice);
  }

  private void reportChoice(Choice choice, List<SchemaFault> faults) {
    int branchAt = choice.via().size();
    Value value = root.descend(choice.at());
    JsonNode branches = new SchemaPath(choice.via()).resolve(schema, branchAt);
    Map<String, List<SchemaFault>> byBranch =
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
              ? "The value matches more than one of the allowed forms"
              : "Only one of the keys " + quoted(keys) + " can be given";
      problems.add(value, message, keys.isEmpty() ? "Choose one" : "Remove the others");
      return;
    }
    List<List<SchemaFault>> candidates =
        byBranch.values().stream().filter(branch -> !rulesOutKind(branch, choice.at())).toList();
    if (candidates.isEmpty()) {
      kindMismatch(choice, branches, value, byBranch.values());
    } else if (!keys.isEmpty() && candidates.stream().allMatch(branch -> lacksOneKey(branch))) {
      problems.addAtKey(
          value, "One of the keys " + quoted(keys) + " is missing", "Add one of them");
    } else {
      report(
          candidates.stream().min(Comparator.comparingInt(List::size)).orElseThrow(), branchAt + 1);
    }
  }

  /** Whether a branch is intended for another kind of value or for a different value. */
  private static boolean rulesOutKind(List<SchemaFault> branch, List<String> at) {
    return branch.stream()
        .anyMatch(
            fault ->
                fault.at().equals(at)
                    && List.of("type", "const", "enum").contains(fault.via().keyword()));
  }

  private static boolean lacksOneKey(List<SchemaFault> branch) {
    return branch.size() == 1 && branch.get(0).via().keyword().equals("required");
  }

  /** The keys of which a choice requires one; empty if the choice has another purpose. */
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

  /** No branch accepts this kind of value: lists everything that is accepted. */
  private void kindMismatch(
      Choice choice,
      JsonNode alternatives,
      Value value,
      Iterable<? extends List<SchemaFault>> branches) {
    boolean secret =
        problems.hidden(choice.at()) || new SecretParts(schema).mayDescribeSecret(alternatives);
    List<String> kinds = new ArrayList<>();
    List<String> words = new ArrayList<>();
    for (List<SchemaFault> branch : branches) {
      for (SchemaFault fault : branch) {
        JsonNode argument = fault.via().resolve(schema, fault.via().steps().size());
        switch (fault.via().keyword()) {
          case "type" -> kinds.addAll(ValueText.kinds(argument));
          case "const" -> words.add(argument.asString());
          case "enum" -> argument.forEach(word -> words.add(word.asString()));
          default -> {}
        }
      }
    }
    if (words.isEmpty()) {
      problems.add(
          value, ValueText.wrongKind(value, kinds, secret), ValueText.quotingHint(value, kinds));
    } else {
      List<String> allowed = new ArrayList<>(words);
      kinds.stream().filter(kind -> !kind.equals("text")).forEach(allowed::add);
      problems.add(
          value, ValueText.notAllowed(value, secret), keywords.oneOf(value, allowed, secret));
    }
  }

  private static String quoted(Set<String> keys) {
    return keys.stream().map(key -> "`" + key + "`").collect(Collectors.joining(", "));
  }
}
