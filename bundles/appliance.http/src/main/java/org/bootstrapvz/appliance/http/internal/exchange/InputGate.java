/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.exchange;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.bootstrapvz.appliance.api.http.HttpProblem;
import tools.jackson.databind.JsonNode;

/**
 * Every text that a client sends passes here. Databases do not store a NUL, control characters
 * reach terminals and logs, and bidirectional overrides show another text than the one that counts.
 */
public final class InputGate {
  /** The maximum length of a variable of a path, or of a parameter of a query. */
  private static final int MAX_WORD = 1024;

  private static final int HEX = 16;

  private InputGate() {}

  /**
   * Decodes percent-encoded UTF-8.
   *
   * @param place names the text in messages
   * @throws HttpProblem with status 400 if the encoding is malformed
   */
  public static String decode(String place, String text) throws HttpProblem {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '%') {
        bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
      } else {
        int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), HEX) : -1;
        int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), HEX) : -1;
        if (high < 0 || low < 0) {
          throw HttpProblem.badRequest(
              place + ": A percent sign must be followed by two hexadecimal digits");
        }
        bytes.write(high * HEX + low);
        i += 2;
      }
    }
    return utf8(place, bytes.toByteArray());
  }

  /**
   * Decodes UTF-8.
   *
   * @throws HttpProblem with status 400 if it is not
   */
  public static String utf8(String place, byte[] bytes) throws HttpProblem {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw HttpProblem.badRequest(place + ": This is not valid UTF-8");
    }
  }

  /** Checks a text of one line, such as a name. */
  public static void checkWord(String place, String text) throws HttpProblem {
    if (text.length() > MAX_WORD) {
      throw HttpProblem.badRequest(place + ": The text has more than " + MAX_WORD + " characters");
    }
    int bad = firstForbidden(text, false);
    if (bad >= 0) {
      throw forbidden(place, text.charAt(bad));
    }
  }

  /** Checks a text that may have several lines; the message names the line. */
  public static void checkText(String place, String text) throws HttpProblem {
    int bad = firstForbidden(text, true);
    if (bad >= 0) {
      String before = text.substring(0, bad);
      long line = before.chars().filter(c -> c == '\n').count() + 1;
      int column = bad - before.lastIndexOf('\n');
      throw forbidden(place + ", line " + line + ", column " + column, text.charAt(bad));
    }
  }

  /** Checks the names and the texts in a JSON document, where escapes are already resolved. */
  static void checkJson(String place, JsonNode json) throws HttpProblem {
    if (json.isString()) {
      int bad = firstForbidden(json.asString(), true);
      if (bad >= 0) {
        throw forbidden(place, json.asString().charAt(bad));
      }
    } else if (json.isArray()) {
      for (int i = 0; i < json.size(); i++) {
        checkJson(place + "/" + i, json.get(i));
      }
    } else {
      for (String name : json.propertyNames()) {
        checkWord(place, name);
        checkJson(place + "/" + name, json.get(name));
      }
    }
  }

  /** The index of the first character that is not allowed; -1 if there is none. */
  private static int firstForbidden(String text, boolean lines) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean layout = lines && (c == '\t' || c == '\n' || c == '\r');
      if (!layout && (Character.isISOControl(c) || changesDirection(c))) {
        return i;
      }
    }
    return -1;
  }

  /** Embeddings, overrides and isolates of the bidirectional algorithm. */
  private static boolean changesDirection(char c) {
    return c >= '\u202A' && c <= '\u202E' || c >= '\u2066' && c <= '\u2069';
  }

  private static HttpProblem forbidden(String place, char c) {
    return HttpProblem.badRequest(
        String.format("%s: The character U+%04X is not allowed", place, (int) c));
  }
}
