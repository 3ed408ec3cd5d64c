/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.operations.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ServeCommandTest {
  @Test
  void itEndsWhenAPartReportsThatTheApplianceCannotRun() {
    ServeCommand command = new ServeCommand(List::of);
    command.failed(List.of("The state directory is a file"));
    assertEquals(3, command.call());
  }

  @Test
  void itEndsWhenAPartFailsWithoutReportingIt() {
    AtomicInteger looks = new AtomicInteger();
    ServeCommand command =
        new ServeCommand(
            () -> looks.incrementAndGet() < 2 ? List.of() : List.of("The part Store failed"));
    assertEquals(3, command.call());
    assertEquals(2, looks.get());
  }

  @Test
  void anInterruptIsTheRegularEnd() {
    ServeCommand command = new ServeCommand(List::of);
    Thread.currentThread().interrupt();
    assertEquals(0, command.call());
  }
}
