/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.nio.charset.StandardCharsets;
import org.bootstrapvz.api.problem.Location;
import org.bootstrapvz.manifest.internal.Node.Entry;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what escapes such as {@code \0} can write into a text although no file, no argument of a
 * command and no database can contain it.
 */
final class ForbiddenCharacters {
  private ForbiddenCharacters() {}

  /**
   * Checks all keys and values of a document.
   *
   * @throws SyntaxException if one has a NUL or half of a surrogate pair
   */
  static void check(@Nullable Node node) {
    if (node instanceof Node.Scalar scalar) {
      check(scalar.mark(), scalar.text());
    } else if (node instanceof Node.Sequence sequence) {
      sequence.items().forEach(ForbiddenCharacters::check);
    } else if (node instanceof Node.Mapping mapping) {
      mapping
          .entries()
          .forEach(
              (String key, Entry entry) -> {
                check(entry.keyMark(), key);
                check(entry.value());
              });
    }
  }

  private static void check(Location mark, String text) {
    if (text.indexOf('\0') >= 0) {
      throw new SyntaxException(
          mark, "The text contains the character U+0000", "Remove the escape that stands for it");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new SyntaxException(
          mark, "The text contains half of a character", "Write both halves of a surrogate pair");
    }
  }
}
