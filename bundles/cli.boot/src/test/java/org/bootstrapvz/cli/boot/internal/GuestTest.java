/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.boot.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import org.bootstrapvz.testkit.FailOnStall;
import org.junit.jupiter.api.Test;

@FailOnStall
class GuestTest {
  private static Process machine() throws IOException {
    return new ProcessBuilder("sleep", "1000").start();
  }

  private static void tell(Process guard, String line) throws IOException {
    OutputStream pipe = guard.getOutputStream();
    pipe.write(line.getBytes());
    pipe.flush();
  }

  @Test
  void theMachineEndsWhenClosed() throws IOException {
    Guest guest = Guest.start(new ProcessBuilder("sleep", "1000"));
    assertTrue(guest.process().isAlive());
    guest.close();

    assertFalse(guest.process().isAlive());
  }

  @Test
  void theMachineEndsWhenTheProgramDies() throws Exception {
    Process machine = machine();
    Process guard = Guest.startGuard();
    tell(guard, machine.pid() + "\n");
    // What the kernel does with the pipes of a program that was killed.
    guard.getOutputStream().close();

    assertEquals(128 + 15, machine.waitFor());
  }

  @Test
  void theGuardDoesNotEndTheProcessAfterAFarewell() throws Exception {
    Process machine = machine();
    try {
      Process guard = Guest.startGuard();
      tell(guard, machine.pid() + "\nfarewell\n");

      assertEquals(0, guard.waitFor());
      assertFalse(machine.waitFor(100, TimeUnit.MILLISECONDS));
    } finally {
      machine.destroy();
    }
  }

  @Test
  void theGuardEndsIfThereIsNothingToGuard() throws Exception {
    Process guard = Guest.startGuard();
    guard.getOutputStream().close();

    assertEquals(0, guard.waitFor());
  }
}
