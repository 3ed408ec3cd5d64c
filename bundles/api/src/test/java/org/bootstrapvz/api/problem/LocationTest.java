/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LocationTest {
  @Test
  void placesAreOrderedByFileTheFirstBeforeAllOthersThenByLineAndColumn() {
    Path first = Path.of("web.yml");
    List<Location> ordered =
        List.of(
            Location.of(first),
            new Location(first, 2, 9),
            new Location(first, 10, 1),
            new Location(first, 10, 2),
            new Location(Path.of("base.yml"), 1, 1),
            new Location(Path.of("base.yml"), 2, 1),
            new Location(Path.of("zone.yml"), 1, 1));
    assertEquals(
        ordered,
        Stream.of(6, 3, 0, 5, 2, 4, 1).map(ordered::get).sorted(Location.order(first)).toList());
  }
}
