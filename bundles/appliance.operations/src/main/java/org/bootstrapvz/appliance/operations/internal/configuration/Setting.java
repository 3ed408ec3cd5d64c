/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.operations.internal.configuration;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.bootstrapvz.appliance.api.operations.Quantity;

/**
 * A setting of a configuration file.
 *
 * @param type {@code Integer}, {@code Long}, {@code Boolean} or {@code String}
 * @param list whether it takes several values, separated by commas
 * @param options the only valid values; empty for any
 * @param quantity the duration or size that a text must be
 * @param defaultValue as text
 */
record Setting(
    String key,
    String type,
    boolean list,
    OptionalLong min,
    OptionalLong max,
    List<String> options,
    Optional<Quantity> quantity,
    String defaultValue,
    String description) {

  /**
   * Returns the value of a text.
   *
   * @throws IllegalArgumentException with the error and what would be valid
   */
  Object value(String text) {
    if (text.isBlank()) {
      throw wrong("");
    }
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
        if (quantity.isPresent() && !quantity.get().accepts(value)) {
          throw wrong(value);
        }
        return value;
    }
  }

  private long number(String text) {
    try {
      long number = Long.parseLong(text);
      if (number >= minNumber() && number <= maxNumber()) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below.
    }
    throw wrong(text);
  }

  private long minNumber() {
    return min.orElse(type.equals("Integer") ? Integer.MIN_VALUE : Long.MIN_VALUE);
  }

  private long maxNumber() {
    return max.orElse(type.equals("Integer") ? Integer.MAX_VALUE : Long.MAX_VALUE);
  }

  /** What is valid, for messages. */
  String domain() {
    if (!options.isEmpty()) {
      return String.join(" or ", options);
    }
    return switch (type) {
      case "Integer", "Long" ->
          max.isPresent() || type.equals("Integer")
              ? "a whole number from " + minNumber() + " to " + maxNumber()
              : "a whole number, at least " + minNumber();
      case "Boolean" -> "true or false";
      default ->
          quantity
              .map(Quantity::domain)
              .orElse(list ? "values separated by commas" : "a text that is not empty");
    };
  }

  private IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        (text.isEmpty() ? "The value is missing" : "\"" + text + "\" is not valid")
            + "; expected "
            + domain()
            + (defaultValue.isEmpty() ? "" : " (default: " + defaultValue + ")")
            + (text.isEmpty() ? "; remove the line for the default" : ""));
  }
}
