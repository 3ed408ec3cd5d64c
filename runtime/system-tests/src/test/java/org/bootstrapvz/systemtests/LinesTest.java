/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {
  private final List<String> received = new ArrayList<>();
  private final Lines lines = new Lines(received::add);

  private void add(String part) {
    lines.add(part.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void aLineIsPassedOnWhenItIsComplete() {
    add("one\r\ntw");
    assertEquals(List.of("one"), received);
    add("o\r");
    add("\n\nfour\rfive");
    assertEquals(List.of("one", "two", "", "four"), received);
    lines.end();
    lines.end();
    assertEquals(List.of("one", "two", "", "four", "five"), received);
  }
}
