/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bootstrapvz.manifest.internal.Node.Entry;
import org.bootstrapvz.manifest.internal.Node.Mark;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/** Parses JSON with comments. */
final class JsonText {
  private final JsonParser parser;
  private final Consumer<Duplicate> duplicates;
  private int values;

  private JsonText(JsonParser parser, Consumer<Duplicate> duplicates) {
    this.parser = parser;
    this.duplicates = duplicates;
  }

  /**
   * The document of a text; null if there is none.
   *
   * @throws SyntaxException if it is not JSON
   */
  static @Nullable Node parse(String text, Consumer<Duplicate> duplicates) {
    JsonFactory factory = JsonFactory.builder().enable(JsonReadFeature.ALLOW_JAVA_COMMENTS).build();
    try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), text)) {
      return parse(parser, duplicates);
    }
  }

  private static @Nullable Node parse(JsonParser parser, Consumer<Duplicate> duplicates) {
    try {
      if (parser.nextToken() == null) {
        return null;
      }
      Node document = new JsonText(parser, duplicates).value();
      if (parser.nextToken() != null) {
        throw new SyntaxException(
            mark(parser.currentTokenLocation()),
            "Something follows the end of the document",
            "Write one manifest in a file: one pair of braces around everything");
      }
      return document;
    } catch (JacksonException e) {
      throw explain(e, parser);
    }
  }

  /** Describes a parser error for users. */
  private static SyntaxException explain(JacksonException e, JsonParser parser) {
    // Errors about limits have no location.
    Mark at = mark(e.getLocation() == null ? parser.currentLocation() : e.getLocation());
    String message = String.valueOf(e.getOriginalMessage());
    if (e instanceof StreamConstraintsException) {
      return new SyntaxException(
          at, "The file is larger or more nested than any manifest", message);
    }
    if (message.contains("end-of-input")) {
      return new SyntaxException(
          at, "The file ends too early", "Close every quote, bracket and brace");
    }
    if (message.contains("to start property name")) {
      return new SyntaxException(
          at,
          "Expected a key in double quotes",
          "Write keys in double quotes, and no comma after the last entry");
    }
    if (message.contains("expecting comma")) {
      return new SyntaxException(
          at, "A comma is missing before this", "Separate entries by commas");
    }
    if (message.contains("expecting a colon")) {
      return new SyntaxException(
          at, "A colon is missing before this", "Write entries as \"key\": value");
    }
    if (message.contains("expected a valid value") || message.contains("Unrecognized token")) {
      return new SyntaxException(
          at,
          "Expected a value",
          "Write texts in double quotes, and no comma after the last entry");
    }
    return new SyntaxException(
        at, "This is not JSON: " + message, "Check the commas, quotes and braces around here");
  }

  private Node value() {
    Mark mark = mark(parser.currentTokenLocation());
    if (++values > YamlText.MAX_VALUES) {
      throw new SyntaxException(
          mark, "There are more than " + YamlText.MAX_VALUES + " values", "Use fewer values");
    }
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      return mapping(mark);
    }
    if (token == JsonToken.START_ARRAY) {
      List<Node> items = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(value());
      }
      return new Node.Sequence(mark, items);
    }
    String text = parser.getString();
    return new Node.Scalar(mark, text, data(token, text));
  }

  private Node.Mapping mapping(Mark mark) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      Mark keyMark = mark(parser.currentTokenLocation());
      String key = parser.currentName();
      YamlText.checkKey(key, keyMark);
      parser.nextToken();
      Entry earlier = entries.putIfAbsent(key, new Entry(keyMark, value()));
      if (earlier != null) {
        duplicates.accept(new Duplicate(key, earlier.keyMark(), keyMark));
      }
    }
    return new Node.Mapping(mark, entries);
  }

  private @Nullable Object data(JsonToken token, String text) {
    return switch (token) {
      case VALUE_STRING -> text;
      case VALUE_TRUE, VALUE_FALSE -> token == JsonToken.VALUE_TRUE;
      case VALUE_NUMBER_INT -> {
        try {
          yield Long.valueOf(text);
        } catch (NumberFormatException e) {
          yield Double.valueOf(text);
        }
      }
      case VALUE_NUMBER_FLOAT -> Double.valueOf(text);
      default -> null;
    };
  }

  private static Mark mark(TokenStreamLocation location) {
    return new Mark(location.getLineNr(), location.getColumnNr());
  }
}
