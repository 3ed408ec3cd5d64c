/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal.migration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The table of names that were changed or removed. */
final class Names {
  private final List<Row> rows;

  /**
   * An old name.
   *
   * @param now the current name; empty if it was removed
   * @param since major version of the first release with the change
   * @param reason why, as a sentence without a full stop
   */
  record Row(String kind, String name, String now, int since, String reason) {}

  Names() {
    try (InputStream table = Names.class.getResourceAsStream("names.csv")) {
      rows =
          new String(table.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.startsWith("#"))
              .map(line -> line.split(",", 5))
              .map(cell -> new Row(cell[0], cell[1], cell[2], Integer.parseInt(cell[3]), cell[4]))
              .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Row> rows() {
    return rows;
  }

  /** The change of a name up to the release with this version; empty if there is none. */
  Optional<Row> find(String kind, String name, int version) {
    return rows.stream()
        .filter(row -> row.kind().equals(kind) && row.name().equals(name))
        .filter(row -> row.since() <= version)
        .findFirst();
  }

  /** The providers or plugins of the original. */
  Set<String> original(String kind) {
    return new HashSet<>(List.of(find("original", kind, 0).map(Row::now).orElseThrow().split(" ")));
  }
}
