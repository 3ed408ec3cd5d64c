/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.appliance.api.builds.BuildState;
import org.bootstrapvz.appliance.api.history.BuildDetails;
import org.bootstrapvz.testkit.FailOnStall;
import org.junit.jupiter.api.Test;

/** Appliances that share a real PostgreSQL, and a build that one of them loses or seems to lose. */
@FailOnStall
class FencingTest extends TestOnPostgres {
  private static final Duration AN_HOUR = Duration.ofHours(1);

  /** A build that is taken away from its run is run again. */
  private TestSettings settings(String name) {
    return database.settings(name).with("interrupted", QueueSettings.Interrupted.QUEUE);
  }

  private static ScriptedBuilder builder() {
    return new ScriptedBuilder("provider:kvm");
  }

  @Test
  void appliancesWithClocksAnHourApartRunABuildOnce() throws Exception {
    Clock right = Clock.systemUTC();
    ScriptedBuilder ahead = builder();
    ScriptedBuilder behind = builder();
    ScriptedBuilder middle = builder();
    try (TestAppliance one =
            new TestAppliance(
                folder.resolve("1"), ahead, settings("1"), Clock.offset(right, AN_HOUR));
        TestAppliance two =
            new TestAppliance(
                folder.resolve("2"),
                behind,
                settings("2"),
                Clock.offset(right, AN_HOUR.negated()));
        TestAppliance three =
            new TestAppliance(folder.resolve("3"), middle, settings("3"), right)) {
      long[] builds = new long[3];
      Gate.Arrival[] arrivals = new Gate.Arrival[3];
      for (int i = 0; i < builds.length; i++) {
        builds[i] = one.submit("artefact: 10\n" + gate.line()).id();
        arrivals[i] = gate.next();
      }

      // Several times longer than a heartbeat may be missing, by the clock of the database.
      Instant start = two.database().now();
      TestAppliance.await(() -> two.database().now().isAfter(start.plusSeconds(20)));
      assertFalse(gate.isAnybodyWaiting());

      for (int i = 0; i < builds.length; i++) {
        arrivals[i].letThrough();
        BuildDetails details = three.await(builds[i], BuildState.SUCCEEDED);
        assertEquals(1, details.summary().attempt());
        Instant finished = details.summary().finished().orElseThrow();
        assertTrue(
            Duration.between(finished, Instant.now()).abs().compareTo(AN_HOUR.dividedBy(2)) < 0,
            "the time is that of the database: " + finished);
      }
      assertEquals(3, ahead.runs() + behind.runs() + middle.runs());
      assertEquals(1, behind.runs());
    }
  }

  @Test
  void aSuspendedApplianceThatLostItsBuildOverwritesNothing() throws Exception {
    Path shared = Files.createDirectories(folder.resolve("images"));
    TestSettings here = settings("here").with("directory", shared.toString());
    TestSettings there = settings("there").with("directory", shared.toString());
    try (ApplianceProcess suspended =
        new ApplianceProcess(folder.resolve("there"), there, "provider:kvm")) {
      long build = suspended.submit("log: 3\nartefact: 100\nafterwards: 5\n" + gate.line());
      Gate.Arrival first = gate.next();
      try (TestAppliance survivor = new TestAppliance(folder.resolve("here"), builder(), here)) {
        suspended.suspend();
        Gate.Arrival second = gate.next();
        assertEquals(build, second.build());
        assertEquals(ProcessHandle.current().pid(), second.process());
        // This is waiting for it when it wakes up, so that it goes on at once.
        first.letThrough();
        suspended.resume();
        Path lost = shared.resolve(Long.toString(build));
        TestAppliance.await(() -> Files.notExists(lost));

        assertEquals("here", survivor.queue().find(build).orElseThrow().summary().appliance());
        second.letThrough();
        BuildDetails details = survivor.await(build, BuildState.SUCCEEDED);
        assertEquals("here", details.summary().appliance());
        assertEquals(2, details.summary().attempt());
        Artefact.Local image = (Artefact.Local) details.artefacts().get(0);
        assertTrue(Files.exists(image.path()), image.path().toString());
        String log = survivor.queue().log(build, 0, 100_000).text();
        assertEquals(log.indexOf("afterwards 1\n"), log.lastIndexOf("afterwards 1\n"), log);
      }
    }
  }

  @Test
  void aBuildThatAnotherApplianceTookIsCancelledAndDeliversNothing() throws Exception {
    ScriptedBuilder builder = builder();
    try (TestAppliance appliance =
        new TestAppliance(folder.resolve("one"), builder, settings("one"))) {
      long build = appliance.submit("artefact: 10\n" + gate.line()).id();
      gate.next();
      Path directory = appliance.queue().status().directory().resolve(Long.toString(build));
      assertTrue(Files.exists(directory));

      appliance
          .database()
          .change(
              connection -> {
                try (Statement statement = connection.createStatement()) {
                  statement.execute("update build set instance = 'two', fence = fence + 1");
                  statement.execute("update scheduled_tasks set picked_by = 'two'");
                }
              });

      TestAppliance.await(() -> Files.notExists(directory));
      TestAppliance.await(() -> appliance.queue().status().running() == 0);
      assertEquals(
          BuildState.RUNNING, appliance.queue().find(build).orElseThrow().summary().state());
    }
  }

  @Test
  void aBuildIsCancelledWhenItsLeaseCannotBeProvenAndSaysSo() throws Exception {
    ScriptedBuilder builder = builder();
    TestSettings settings = database.settings("one");
    try (TestAppliance appliance = new TestAppliance(folder.resolve("one"), builder, settings)) {
      long build = appliance.submit("artefact: 10\n" + gate.line()).id();
      gate.next();

      database.crash();
      TestAppliance.await(() -> appliance.queue().status().running() == 0);
      database.start();
      TestAppliance.await(() -> appliance.queue().status().trouble().isEmpty());

      BuildDetails details = appliance.await(build, BuildState.INTERRUPTED);
      assertEquals(
          "The appliance could not reach the database for 6000 ms, and another may have taken the"
              + " build",
          details.summary().error());
      assertEquals(0, details.artefacts().size());
    }
  }
}
