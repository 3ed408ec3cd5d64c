/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.arguments;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bootstrapvz.api.problem.Suggestion;

/**
 * An option of a command.
 *
 * @param name with its dashes
 * @param value what stands for its value in the help; empty for a flag
 * @param help what it does
 * @param reader turns the value into what the command wants; throws {@link
 *     IllegalArgumentException} saying what would be right
 */
public record Option<T>(String name, String value, String help, Function<String, T> reader) {

  /** An option without a value. */
  public static Option<Boolean> flag(String name, String help) {
    return new Option<>(name, "", help, text -> true);
  }

  /** An option with any text. */
  public static Option<String> text(String name, String value, String help) {
    return new Option<>(name, value, help, text -> text);
  }

  /** An option with a whole number. */
  public static Option<Integer> number(
      String name, String value, int least, int most, String help) {
    return new Option<>(name, value, help, text -> number(text, least, most));
  }

  /** An option whose values are the names of an enum, in lower case. */
  public static <E extends Enum<E>> Option<E> choice(String name, Class<E> type, String help) {
    List<String> words = Stream.of(type.getEnumConstants()).map(Option::word).toList();
    return new Option<>(
        name,
        String.join("|", words),
        help,
        text -> {
          int index = words.indexOf(text);
          if (index < 0) {
            throw new IllegalArgumentException(
                "is not one of "
                    + String.join(", ", words)
                    + Suggestion.nearest(text, words).map(Option::didYouMean).orElse(""));
          }
          return type.getEnumConstants()[index];
        });
  }

  boolean isFlag() {
    return value.isEmpty();
  }

  static String didYouMean(String word) {
    return ". Did you mean \"" + word + "\"?";
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static int number(String text, int least, int most) {
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, together with the range.
    }
    throw new IllegalArgumentException("is not a whole number from " + least + " to " + most);
  }
}
