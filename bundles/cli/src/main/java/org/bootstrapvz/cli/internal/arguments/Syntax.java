/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.arguments;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.api.problem.Suggestion;

/**
 * What a command understands.
 *
 * @param command its name
 * @param operand what its operands are, for the help; empty if it takes none
 * @param least how many operands it needs
 * @param most how many operands it takes
 * @param summary what it does, in one line
 * @param details what else to know, for its own help; may be empty
 * @param options its options
 */
public record Syntax(
    String command,
    String operand,
    int least,
    int most,
    String summary,
    String details,
    List<Option<?>> options) {

  private static final int INDENT = 24;

  /** Reads the arguments that stand after the command's name. */
  Arguments parse(List<String> words) throws UsageException {
    Map<Option<?>, Object> values = new LinkedHashMap<>();
    List<String> operands = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals("--")) {
        operands.addAll(words.subList(i + 1, words.size()));
        break;
      }
      if (!isOption(word)) {
        operands.add(word);
        continue;
      }
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      Option<?> option = option(name).orElseThrow(() -> unknownOption(name));
      if (option.isFlag()) {
        if (equals >= 0) {
          throw new UsageException(name + " takes no value", this);
        }
        values.put(option, true);
        continue;
      }
      String value;
      if (equals >= 0) {
        value = word.substring(equals + 1);
      } else if (i + 1 < words.size() && !isOption(words.get(i + 1))) {
        value = words.get(++i);
      } else {
        throw new UsageException(
            name + " needs a value: " + name + "=" + option.value() + hintAtDashes(words, i), this);
      }
      try {
        values.put(option, option.reader().apply(value));
      } catch (IllegalArgumentException e) {
        throw new UsageException(name + ": \"" + value + "\" " + e.getMessage(), this);
      }
    }
    if (operands.size() < least) {
      throw new UsageException(command + " needs a " + operand.replace("...", ""), this);
    }
    if (operands.size() > most) {
      throw new UsageException(
          "\""
              + operands.get(most)
              + "\" is too much: "
              + command
              + (most == 0 ? " takes no operand" : " takes one " + operand),
          this);
    }
    return new Arguments(values, operands);
  }

  /** Whether a word is an option and not an operand; a lone dash is an operand. */
  static boolean isOption(String word) {
    return word.length() > 1 && word.charAt(0) == '-';
  }

  Optional<Option<?>> option(String name) {
    for (Option<?> option : options) {
      if (option.name().equals(name)) {
        return Optional.of(option);
      }
    }
    return Optional.empty();
  }

  /** One line that shows how the command is called. */
  public String usage() {
    return "bootstrap-vz "
        + command
        + (options.isEmpty() ? "" : " [options]")
        + (operand.isEmpty() ? "" : " " + operand);
  }

  /** All there is to know of the command. */
  public String help() {
    StringBuilder text = new StringBuilder("Usage: " + usage() + "\n\n" + summary + ".\n");
    if (!details.isEmpty()) {
      text.append('\n').append(details).append('\n');
    }
    if (!options.isEmpty()) {
      text.append("\nOptions:\n");
      for (Option<?> option : options) {
        String left = option.name() + (option.isFlag() ? "" : "=" + option.value());
        text.append(row(left, option.help()));
      }
    }
    return text.toString();
  }

  /** A line of a two-column list; a long left side gets a line of its own. */
  static String row(String left, String right) {
    String indent = " ".repeat(INDENT);
    String gap = left.length() + 3 < INDENT ? indent.substring(left.length() + 2) : "\n" + indent;
    return "  " + left + gap + right.replace("\n", "\n" + indent) + "\n";
  }

  private String hintAtDashes(List<String> words, int i) {
    return i + 1 < words.size() && !words.get(i + 1).startsWith("--")
        ? " (write it with = if it starts with a dash)"
        : "";
  }

  private UsageException unknownOption(String name) {
    List<String> names = options.stream().<String>map(Option::name).toList();
    return new UsageException(
        command
            + " does not know the option "
            + name
            + Suggestion.nearest(name, names).map(Option::didYouMean).orElse(""),
        this);
  }
}
