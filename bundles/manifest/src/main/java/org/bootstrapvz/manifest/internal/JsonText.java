/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bootstrapvz.api.problem.Location;
import org.bootstrapvz.manifest.internal.Node.Entry;
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
  private final Path file;
  private final JsonParser parser;
  private final Consumer<Duplicate> duplicates;
  private int values;

  private JsonText(Path file, JsonParser parser, Consumer<Duplicate> duplicates) {
    this.file = file;
    this.parser = parser;
    this.duplicates = duplicates;
  }

  /**
   * The document of a text; null if there is none.
   *
   * @param file the file that the text is from
   * @throws SyntaxException if it is not JSON
   */
  static @Nullable Node parse(Path file, String text, Consumer<Duplicate> duplicates) {
    JsonFactory factory = JsonFactory.builder().enable(JsonReadFeature.ALLOW_JAVA_COMMENTS).build();
    try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), text)) {
      return new JsonText(file, parser, duplicates).document();
    }
  }

  private @Nullable Node document() {
    try {
      if (parser.nextToken() == null) {
        return null;
      }
      Node document = value();
      if (parser.nextToken() != null) {
        throw new SyntaxException(
            mark(parser.currentTokenLocation()),
            "Something follows the end of the document",
            "Write one manifest in a file: one pair of braces around everything");
      }
      return document;
    } catch (JacksonException e) {
      throw explain(e);
    }
  }

  /** Describes a parser error for users. */
  private SyntaxException explain(JacksonException e) {
    // Errors about limits have no location.
    Location at = mark(e.getLocation() == null ? parser.currentLocation() : e.getLocation());
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
    Location mark = mark(parser.currentTokenLocation());
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

  private Node.Mapping mapping(Location mark) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      Location keyMark = mark(parser.currentTokenLocation());
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

  private Location mark(TokenStreamLocation location) {
    return new Location(file, location.getLineNr(), location.getColumnNr());
  }
}
