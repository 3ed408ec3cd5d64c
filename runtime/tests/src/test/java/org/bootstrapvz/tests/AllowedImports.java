/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The table of the allowed imports of each bundle. */
final class AllowedImports {
  private final Map<Pattern, Allowed> rows = new LinkedHashMap<>();

  private AllowedImports(List<String> lines) {
    for (String line : lines) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] cells = line.split("\\|", -1);
        if (cells.length != 3) {
          throw new IllegalArgumentException("Not a row of three cells: " + line);
        }
        Stream<String> own = words(cells[1]).map(name -> "org.bootstrapvz." + name);
        rows.put(
            Pattern.compile(cells[0].strip().replace(".", "\\.").replace("*", ".*")),
            new Allowed(
                Stream.of(own, words(cells[2]), Stream.of("org.osgi"))
                    .flatMap(each -> each)
                    .toList()));
      }
    }
  }

  static AllowedImports read() throws IOException {
    try (InputStream table =
        AllowedImports.class.getResourceAsStream("/architecture/allowed-imports.txt")) {
      return new AllowedImports(
          new String(table.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    }
  }

  private static Stream<String> words(String cell) {
    return Stream.of(cell.strip().split("\\s+")).filter(word -> !word.isEmpty());
  }

  /** The allowed imports of a bundle; empty if it has no row. */
  Optional<Allowed> of(String bundle) {
    return rows.entrySet().stream()
        .filter(row -> row.getKey().matcher(bundle).matches())
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** Packages that are allowed including their subpackages. */
  record Allowed(List<String> roots) {
    boolean contains(String name) {
      return roots.stream().anyMatch(root -> (name + ".").startsWith(root + "."));
    }
  }
}
