/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StyleTest {
  @ParameterizedTest
  @CsvSource({
    "AUTO, true, '', '', true",
    "AUTO, false, '', '', false",
    "AUTO, true, NO_COLOR, 1, false",
    "AUTO, true, NO_COLOR, '', true",
    "AUTO, true, ANSI_COLORS_DISABLED, '', false",
    "ALWAYS, false, NO_COLOR, 1, true",
    "NEVER, true, '', '', false",
  })
  void coloursDependOnTheOptionTheTerminalAndTheEnvironment(
      Style.Mode mode, boolean live, String variable, String value, boolean colours) {
    PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
    Terminal terminal =
        new Terminal(
            nowhere,
            nowhere,
            InputStream.nullInputStream(),
            live,
            false,
            80,
            true,
            Map.of(variable, value));

    assertEquals(new Style(colours), Style.of(mode, terminal));
  }

  @Test
  void errorsAreRedAndWarningsMagenta() {
    TestTerminal terminal = new TestTerminal();
    terminal.live().err().print(new Style(true).error("bad"));
    terminal.live().out().print(new Style(true).warning("old"));
    assertEquals("\033[31mbad\033[0m", terminal.err());
    assertEquals("\033[35mold\033[0m", terminal.out());
    assertEquals("bad", new Style(false).error("bad"));
  }
}
