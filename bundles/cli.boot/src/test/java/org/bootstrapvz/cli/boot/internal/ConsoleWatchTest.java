/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.boot.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.bootstrapvz.cli.TestTerminal;
import org.junit.jupiter.api.Test;

class ConsoleWatchTest {
  private static final Pattern LOGIN = Pattern.compile("login: ");
  private static final long LONG = Duration.ofMinutes(1).toNanos();

  private final TestTerminal terminal = new TestTerminal();

  private ConsoleWatch watch(String serial) {
    return new ConsoleWatch(
        new ByteArrayInputStream(serial.getBytes(StandardCharsets.UTF_8)), terminal.plain().out());
  }

  @Test
  void seesThePatternAndPassesOnWhatItReads() throws InterruptedException {
    assertEquals(ConsoleWatch.Outcome.SEEN, watch("booting …\r\nweb login: ").await(LOGIN, LONG));
    assertEquals("booting …\nweb login: ", terminal.out());
  }

  @Test
  void controlSequencesOfTheMachineAreNotSentToTheTerminalWhereverTheirPiecesEnd()
      throws Exception {
    String serial = "[\033[0;32m OK \033[0m]\033[2J\033(B Started.\nweb login: ";
    for (int i = 0; i <= serial.length(); i++) {
      TestTerminal screen = new TestTerminal();
      try (PipedOutputStream guest = new PipedOutputStream();
          PipedInputStream read = new PipedInputStream(guest)) {
        ConsoleWatch watch = new ConsoleWatch(read, screen.plain().out());
        guest.write(serial.substring(0, i).getBytes(US_ASCII));
        guest.flush();
        guest.write(serial.substring(i).getBytes(US_ASCII));
        guest.flush();
        assertEquals(ConsoleWatch.Outcome.SEEN, watch.await(LOGIN, LONG));
      }
      assertEquals("[ OK ] Started.\nweb login: ", screen.out());
    }
  }

  @Test
  void noticesTheEndOfTheMachine() throws InterruptedException {
    assertEquals(ConsoleWatch.Outcome.ENDED, watch("Kernel panic").await(LOGIN, LONG));
    assertEquals("Kernel panic", terminal.out());
  }

  @Test
  void doesNotWaitForASystemThatCannotContinueToBoot() throws IOException, InterruptedException {
    try (PipedOutputStream serial = new PipedOutputStream();
        PipedInputStream waiting = new PipedInputStream(serial)) {
      ConsoleWatch watch = new ConsoleWatch(waiting, terminal.plain().out());
      serial.write("You are in emergency mode. After logging in, type".getBytes(US_ASCII));
      serial.flush();

      assertEquals(ConsoleWatch.Outcome.EMERGENCY, watch.await(LOGIN, LONG));
    }
  }

  @Test
  void doesNotWaitForEver() throws IOException, InterruptedException {
    try (PipedOutputStream serial = new PipedOutputStream();
        PipedInputStream silent = new PipedInputStream(serial)) {
      ConsoleWatch watch = new ConsoleWatch(silent, terminal.plain().out());

      assertEquals(ConsoleWatch.Outcome.TIMEOUT, watch.await(LOGIN, 1_000_000));
    }
  }

  @Test
  void readsToTheEndOnRequest() throws InterruptedException {
    ConsoleWatch watch = watch("web login: root\r\n# poweroff\r\n");
    watch.await(LOGIN, LONG);
    watch.awaitEnd();

    assertEquals("web login: root\n# poweroff\n", terminal.out());
  }

  @Test
  void aPatternIsFoundWhereverItsPiecesEnd() {
    String text = "web login: ";
    for (int i = 0; i <= text.length(); i++) {
      Console console = new Console();
      console.add(text.substring(0, i));
      assertEquals(i == text.length(), console.shows(LOGIN));
      console.add(text.substring(i));
      assertTrue(console.shows(LOGIN));
    }
  }

  @Test
  void aPatternIsFoundAfterALotOfOutput() {
    Console console = new Console();
    for (int i = 0; i < 10_000; i++) {
      console.add("a line of the kernel that says nothing of interest\r\n");
    }
    console.add("web log");
    assertFalse(console.shows(LOGIN));
    console.add("in: ");
    assertTrue(console.shows(LOGIN));
  }

  @Test
  void theLastLinesAreWithoutEscapesAndBlanks() {
    Console console = new Console();
    console.add("one\r\n\r\n\033[0;32mtwo\033[0m\r\n\033[2J\033[01;01H\r\nthree\033[?7l\r\n  ");

    assertEquals(List.of("two", "three"), console.lastLines(2));
    assertEquals(List.of("one", "two", "three"), console.lastLines(9));
  }
}
