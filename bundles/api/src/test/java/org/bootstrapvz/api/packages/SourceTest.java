/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.packages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SourceTest {
  @Test
  void readsALineAndPrintsItNormalised() {
    Source source =
        Source.parse(
            "main",
            "deb  [ signed-by=/k.gpg arch=amd64 ]   http://mirror.example.org/debian sid main  contrib");
    assertEquals(Map.of("signed-by", "/k.gpg", "arch", "amd64"), source.options());
    assertEquals(List.of("main", "contrib"), source.components());
    assertEquals(
        "deb [signed-by=/k.gpg arch=amd64] http://mirror.example.org/debian sid main contrib",
        source.line());
  }

  @Test
  void readsAnExactPath() {
    assertEquals(
        "deb http://mirror.example.org/local ./",
        Source.parse("main", "deb http://mirror.example.org/local ./").line());
  }

  @Test
  void describesTheFormatOfASource() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> Source.parse("main", "http://mirror.example.org"));
    assertEquals(
        "\"http://mirror.example.org\" is not a source: write \"deb URI SUITE COMPONENT...\", for"
            + " example \"deb http://mirror.example.org/debian trixie main\"",
        error.getMessage());
  }

  @Test
  void namesAnOptionWithoutAValue() {
    assertEquals(
        "The option \"trusted\" of the source \"deb [trusted] u s main\" has no value",
        assertThrows(
                IllegalArgumentException.class,
                () -> Source.parse("main", "deb [trusted] u s main"))
            .getMessage());
  }
}
