/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bootstrapvz.appliance.api.builds.BuildState;
import org.bootstrapvz.appliance.api.builds.BuildSummary;
import org.bootstrapvz.appliance.api.builds.BuildsException;
import org.bootstrapvz.appliance.api.history.BuildDetails;
import org.bootstrapvz.testkit.FailOnStall;
import org.junit.jupiter.api.Test;

/** Several appliances and a real PostgreSQL. */
@FailOnStall
class SharedQueueTest extends TestOnPostgres {
  private TestAppliance appliance(String name, ScriptedBuilder builder) throws Exception {
    return new TestAppliance(folder.resolve(name), builder, database.settings(name));
  }

  private static ScriptedBuilder builder(String... offers) {
    return new ScriptedBuilder(offers);
  }

  @Test
  void twoAppliancesShareTheWorkAndRunNoBuildTwice() throws Exception {
    ScriptedBuilder first = builder("provider:kvm");
    ScriptedBuilder second = builder("provider:kvm");
    try (TestAppliance one = appliance("one", first);
        TestAppliance two = appliance("two", second)) {
      List<Long> held = List.of(one.submit(gate.line()).id(), one.submit(gate.line()).id());
      Gate.Arrival a = gate.next();
      Gate.Arrival b = gate.next();
      assertEquals(Set.copyOf(held), Set.of(a.build(), b.build()));
      assertEquals(1, one.queue().status().running());
      assertEquals(1, two.queue().status().running());
      List<Long> more = new ArrayList<>(held);
      for (int i = 0; i < 50; i++) {
        more.add((i % 2 == 0 ? one : two).submit("log: 3\n").id());
      }
      a.letThrough();
      b.letThrough();
      Set<String> workers = new HashSet<>();
      for (long id : more) {
        workers.add(two.await(id, BuildState.SUCCEEDED).summary().appliance());
      }
      assertEquals(Set.of("one", "two"), workers);
      assertEquals(52, first.runs() + second.runs());
    }
  }

  @Test
  void aWorkerOnlyTakesBuildsWithAnInstalledProviderAndPlugins() throws Exception {
    try (TestAppliance plain = appliance("plain", builder("provider:kvm"))) {
      BuildSummary waiting;
      try (TestAppliance able = appliance("able", builder("provider:kvm", "plugin:vagrant"))) {
        TestAppliance.await(() -> plain.submit("plugins: vagrant\n").state() == BuildState.QUEUED);
        BuildSummary build = plain.submit("plugins: vagrant\n" + gate.line());
        gate.next().letThrough();
        assertEquals("able", plain.await(build.id(), BuildState.SUCCEEDED).summary().appliance());

        able.submit("plugins: vagrant\n" + gate.line());
        gate.next();
        waiting = plain.submit("plugins: vagrant\n");
        BuildSummary usual = plain.submit("log: 1\n");
        assertEquals("plain", plain.await(usual.id(), BuildState.SUCCEEDED).summary().appliance());
      }
      BuildDetails details = plain.queue().find(waiting.id()).orElseThrow();
      assertEquals(BuildState.QUEUED, details.summary().state());
      assertEquals(
          "Waiting for an appliance with plugin vagrant, provider kvm; this one lacks plugin"
              + " vagrant",
          details.summary().error());
      assertEquals(BuildState.REJECTED, plain.submit("plugins: vagrant\n").state());
    }
  }

  @Test
  void aWorkerOnlyTakesBuildsWithAnInstalledImageFormat() throws Exception {
    try (TestAppliance plain = appliance("plain", builder("provider:kvm", "image_format:raw"))) {
      BuildSummary waiting;
      try (TestAppliance able = appliance("able", builder("provider:kvm", "image_format:vhdx"))) {
        TestAppliance.await(() -> plain.submit("backing: vhdx\n").state() == BuildState.QUEUED);
        BuildSummary build = plain.submit("backing: vhdx\n" + gate.line());
        gate.next().letThrough();
        assertEquals("able", plain.await(build.id(), BuildState.SUCCEEDED).summary().appliance());

        able.submit("backing: vhdx\n" + gate.line());
        gate.next();
        waiting = plain.submit("backing: vhdx\n");
      }
      assertEquals(
          "Waiting for an appliance with image format vhdx, provider kvm; this one lacks image"
              + " format vhdx",
          plain.queue().find(waiting.id()).orElseThrow().summary().error());
    }
  }

  @Test
  void ofTwoAppliancesOneIsKilledAndTheOtherContinues() throws Exception {
    ScriptedBuilder builder = builder("provider:kvm");
    try (TestAppliance survivor = appliance("survivor", builder);
        ApplianceProcess killed =
            new ApplianceProcess(
                folder.resolve("killed"), database.settings("killed"), "provider:kvm")) {
      List<Long> ids = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        ids.add(survivor.submit(gate.line()).id());
      }
      Gate.Arrival a = gate.next();
      Gate.Arrival b = gate.next();
      Gate.Arrival lost = a.process() == killed.pid() ? a : b;
      assertEquals(killed.pid(), lost.process());

      killed.kill();

      BuildDetails interrupted = survivor.await(lost.build(), BuildState.INTERRUPTED);
      assertEquals(
          "The appliance killed died while it was building", interrupted.summary().error());
      (lost == a ? b : a).letThrough();
      for (int i = 2; i < 20; i++) {
        gate.next().letThrough();
      }
      for (long id : ids) {
        if (id != lost.build()) {
          survivor.await(id, BuildState.SUCCEEDED);
        }
      }
      assertEquals(19, builder.runs());
    }
  }

  @Test
  void aBuildOfAnotherApplianceCanBeCancelled() throws Exception {
    try (TestAppliance here = appliance("here", builder("provider:kvm"));
        ApplianceProcess there =
            new ApplianceProcess(
                folder.resolve("there"), database.settings("there"), "provider:virtualbox")) {
      TestAppliance.await(() -> here.submit("provider: virtualbox\n").state() == BuildState.QUEUED);
      BuildSummary build = here.submit("provider: virtualbox\n" + gate.line());
      assertEquals(there.pid(), gate.next().process());

      here.queue().cancel(build.id(), "ada");

      String error = here.await(build.id(), BuildState.CANCELLED).summary().error();
      assertTrue(error.endsWith(", by ada"), error);
    }
  }

  @Test
  void buildsContinueWithoutTheDatabaseAndLoseNothingOfTheirLog() throws Exception {
    // The outage is shorter than the lease on the build.
    TestSettings settings = database.settings("one").with("heartbeatInterval", "10m");
    try (TestAppliance appliance =
        new TestAppliance(folder.resolve("one"), builder("provider:kvm"), settings)) {
      BuildSummary build = appliance.submit("log: 10\nafterwards: 20000\n" + gate.line());
      BuildSummary queued = appliance.submit("log: 1\n");
      Gate.Arrival arrival = gate.next();

      database.crash();
      BuildsException refused =
          assertThrows(BuildsException.class, () -> appliance.submit("log: 1\n"));
      assertEquals(BuildsException.Reason.UNAVAILABLE, refused.reason());
      assertTrue(
          refused.getMessage().startsWith("The database is not available: "), refused.getMessage());
      assertTrue(appliance.queue().status().trouble().isPresent());
      arrival.letThrough();
      TestAppliance.await(
          () -> appliance.queue().log(build.id(), 0, 1 << 20).text().contains("afterwards 20000"));
      database.start();
      TestAppliance.await(() -> appliance.queue().status().trouble().isEmpty());

      appliance.await(build.id(), BuildState.SUCCEEDED);
      String log = appliance.queue().log(build.id(), 0, 1 << 20).text();
      assertTrue(
          log.contains(
              IntStream.rangeClosed(1, 20000)
                  .mapToObj(line -> "afterwards " + line + "\n")
                  .collect(Collectors.joining())));
      appliance.await(queued.id(), BuildState.SUCCEEDED);
      assertTrue(appliance.queue().status().trouble().isEmpty());
    }
  }

  @Test
  void anApplianceMayStartBeforeItsDatabase() throws Exception {
    database.crash();
    ScriptedBuilder builder = builder("provider:kvm");
    try (TestAppliance appliance = appliance("one", builder)) {
      assertThrows(BuildsException.class, () -> appliance.submit("log: 1\n"));

      database.start();
      TestAppliance.await(() -> appliance.queue().status().trouble().isEmpty());

      BuildSummary build = appliance.submit("log: 1\n");
      appliance.await(build.id(), BuildState.SUCCEEDED);
    }
  }
}
