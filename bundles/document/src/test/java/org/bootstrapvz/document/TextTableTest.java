/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void columnsAreAlignedAndLinesHaveNoTrailingSpaces() {
    assertEquals(
        List.of("ID  NAME    STATE", "1   a       done", "12  longer"),
        TextTable.lines(
            List.of(
                List.of("ID", "NAME", "STATE"),
                List.of("1", "a", "done"),
                List.of("12", "longer", ""))));
    assertEquals(List.of(), TextTable.lines(List.of()));
  }

  @Test
  void aRowWithAnotherNumberOfValuesIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> TextTable.lines(List.of(List.of("a", "b"), List.of("c"))));
  }
}
