/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.internal.configuration;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * A key of a configuration file, as the metatype describes it.
 *
 * @param type {@code Integer}, {@code Long}, {@code Boolean} or {@code String}
 * @param list whether it takes several values, separated by commas
 * @param required whether it may not be empty
 * @param options the only values it takes; empty for any
 * @param usual what holds if it is left out
 */
record Setting(
    String key,
    String type,
    boolean list,
    boolean required,
    OptionalLong min,
    OptionalLong max,
    List<String> options,
    String usual,
    String description) {

  /**
   * The value that a text stands for.
   *
   * @throws IllegalArgumentException saying what is wrong and what would be right
   */
  Object value(String text) {
    if (list) {
      return Stream.of(text.split(","))
          .map(String::strip)
          .filter(part -> !part.isEmpty())
          .toArray(String[]::new);
    }
    String value = text.strip();
    if (!options.isEmpty()) {
      return options.stream()
          .filter(option -> option.equalsIgnoreCase(value))
          .findFirst()
          .orElseThrow(() -> wrong(value));
    }
    switch (type) {
      case "Integer":
        return (int) number(value);
      case "Long":
        return number(value);
      case "Boolean":
        if (!value.equals("true") && !value.equals("false")) {
          throw wrong(value);
        }
        return Boolean.valueOf(value);
      default:
        if (required && value.isEmpty()) {
          throw wrong(value);
        }
        return value;
    }
  }

  private long number(String text) {
    try {
      long number = Long.parseLong(text);
      if (number >= least() && number <= most()) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw wrong(text);
  }

  private long least() {
    return min.orElse(type.equals("Integer") ? Integer.MIN_VALUE : Long.MIN_VALUE);
  }

  private long most() {
    return max.orElse(type.equals("Integer") ? Integer.MAX_VALUE : Long.MAX_VALUE);
  }

  /** What may stand there. */
  String domain() {
    if (!options.isEmpty()) {
      return String.join(" or ", options);
    }
    return switch (type) {
      case "Integer", "Long" ->
          max.isPresent() || type.equals("Integer")
              ? "a whole number from " + least() + " to " + most()
              : "a whole number from " + least() + " on";
      case "Boolean" -> "true or false";
      default -> list ? "values separated by commas" : "a text";
    };
  }

  private IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        (text.isEmpty() ? "has no value" : "\"" + text + "\" is wrong")
            + "; it should be "
            + domain()
            + (usual.isEmpty() ? "" : "; without this line it is " + usual));
  }
}
