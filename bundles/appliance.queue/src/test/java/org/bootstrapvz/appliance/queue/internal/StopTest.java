/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.bootstrapvz.appliance.api.builds.BuildState;
import org.bootstrapvz.appliance.api.builds.BuildSummary;
import org.bootstrapvz.appliance.api.builds.BuildsException;
import org.bootstrapvz.testkit.FailOnStall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An appliance that is stopped while something is going on. */
@FailOnStall
class StopTest {
  @TempDir Path folder;

  @Test
  void aStopSoonAfterACancellationLogsNothing() throws Exception {
    try (Gate gate = new Gate();
        Logged logged = new Logged()) {
      for (int i = 0; i < 30; i++) {
        try (TestAppliance appliance =
            new TestAppliance(folder, new ScriptedBuilder("provider:kvm"), new TestSettings())) {
          BuildSummary build = appliance.submit(gate.line());
          gate.next();
          appliance.queue().cancel(build.id(), "ada");
        }
      }
      assertEquals(List.of(), logged.warnings(""));
      assertFalse(Files.exists(folder.resolve("builds.trace.db")), "the database logs elsewhere");
    }
  }

  @Test
  void aRequestDuringTheStopIsRejectedAndLogsNothing() throws Exception {
    try (Logged logged = new Logged()) {
      TestAppliance appliance =
          new TestAppliance(folder, new ScriptedBuilder("provider:kvm"), new TestSettings());
      BuildSummary build = appliance.submit("log: 1\n");
      appliance.await(build.id(), BuildState.SUCCEEDED);
      appliance.close();

      BuildsException late =
          assertThrows(BuildsException.class, () -> appliance.queue().find(build.id()));

      assertEquals(BuildsException.Reason.UNAVAILABLE, late.reason());
      assertEquals("The appliance is stopping", late.getMessage());
      assertEquals(List.of(), logged.warnings(""));
    }
  }

  @Test
  void lossAndRecoveryOfTheDatabaseAreLoggedOnceEach() throws Exception {
    try (Logged logged = new Logged();
        TestAppliance appliance =
            new TestAppliance(folder, new ScriptedBuilder("provider:kvm"), new TestSettings())) {
      TestAppliance.await(() -> appliance.queue().status().trouble().isEmpty());
      for (int i = 0; i < 3; i++) {
        assertThrows(
            BuildsException.class,
            () ->
                appliance
                    .database()
                    .change(
                        connection -> {
                          throw new SQLException("gone", "08006");
                        }));
      }
      TestAppliance.await(() -> logged.all().contains("The database is available again"));
      // The appliance uses the database meanwhile, so it may be back more than once.
      String gone = "The database is not available: gone. Retrying until it is";
      List<String> lines =
          logged.all().stream().filter(line -> line.startsWith("The database is")).toList();
      for (int i = 0; i < lines.size(); i++) {
        assertEquals(i % 2 == 0 ? gone : "The database is available again", lines.get(i));
      }
    }
  }
}
