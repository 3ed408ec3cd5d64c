/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.bootstrapvz.api.problem.Location;
import org.jspecify.annotations.Nullable;

/** The type of the values of a variable. */
enum VariableType {
  TEXT("a text"),
  INTEGER("a whole number"),
  BOOLEAN("true or false"),
  LIST("a list, written as [a, b]"),
  SECRET("a text");

  /** What a value is, for messages. */
  final String description;

  VariableType(String description) {
    this.description = description;
  }

  static VariableType named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** The type of a value that has none declared. */
  static VariableType of(Node value) {
    if (value instanceof Node.Sequence) {
      return LIST;
    }
    Object data = ((Node.Scalar) value).value();
    return data instanceof Boolean ? BOOLEAN : data instanceof Long ? INTEGER : TEXT;
  }

  /** Returns a value of a document as one of this type; empty if it is not. */
  Optional<Node> convert(Node value) {
    if (this == LIST) {
      return Optional.of(value).filter(Node.Sequence.class::isInstance);
    }
    if (!(value instanceof Node.Scalar scalar) || scalar.value() == null) {
      return Optional.empty();
    }
    return switch (this) {
      case INTEGER -> Optional.of(value).filter(it -> scalar.value() instanceof Long);
      case BOOLEAN -> Optional.of(value).filter(it -> scalar.value() instanceof Boolean);
      default -> Optional.of(new Node.Scalar(scalar.mark(), scalar.text(), scalar.text()));
    };
  }

  /**
   * Returns a text from outside of a document as a value of this type; empty if it is not.
   *
   * @param list parses a list
   */
  Optional<Node> parse(String text, Location place, Function<String, Optional<Node>> list) {
    return switch (this) {
      case TEXT, SECRET -> Optional.of(new Node.Scalar(place, text, text));
      case LIST -> list.apply(text).filter(Node.Sequence.class::isInstance);
      case BOOLEAN ->
          text.equals("true") || text.equals("false")
              ? Optional.of(new Node.Scalar(place, text, text.equals("true")))
              : Optional.empty();
      case INTEGER ->
          Optional.ofNullable(number(text)).map(number -> new Node.Scalar(place, text, number));
    };
  }

  private static @Nullable Long number(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
