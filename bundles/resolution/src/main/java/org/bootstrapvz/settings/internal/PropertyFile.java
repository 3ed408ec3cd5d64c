/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.settings.internal;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * A file in the format of {@link Properties} whose entries know their line. Unlike {@link
 * Properties}, it keeps an entry that is repeated.
 */
public final class PropertyFile {
  private PropertyFile() {}

  /**
   * An entry.
   *
   * @param value without blanks at both ends
   * @param line the number of its first line
   */
  public record Entry(String key, String value, int line) {}

  /**
   * Reads the entries of a file in their order.
   *
   * @throws IOException if it cannot be read or is malformed; the message starts with the file
   */
  public static List<Entry> read(Path file) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (CharacterCodingException e) {
      throw new IOException(file + ": The file is not UTF-8 text", e);
    }
    List<Entry> entries = new ArrayList<>();
    for (int first = 0; first < lines.size(); ) {
      StringBuilder logical = new StringBuilder(lines.get(first));
      int next = first + 1;
      if (!isComment(lines.get(first))) {
        while (continues(lines.get(next - 1)) && next < lines.size()) {
          logical.append('\n').append(lines.get(next++));
        }
      }
      for (Entry entry : parse(file, logical.toString(), first + 1)) {
        entries.add(entry);
      }
      first = next;
    }
    return entries;
  }

  /** The entry of a logical line; none if it is blank or a comment. */
  private static List<Entry> parse(Path file, String text, int line) throws IOException {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(text));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ":" + line + ": " + e.getMessage(), e);
    }
    return properties.stringPropertyNames().stream()
        .map(key -> new Entry(key, properties.getProperty(key).strip(), line))
        .toList();
  }

  private static boolean isComment(String line) {
    String text = line.stripLeading();
    return text.isEmpty() || text.startsWith("#") || text.startsWith("!");
  }

  /** Whether a line ends with an odd number of backslashes. */
  private static boolean continues(String line) {
    int backslashes = 0;
    while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
      backslashes++;
    }
    return backslashes % 2 == 1;
  }
}
