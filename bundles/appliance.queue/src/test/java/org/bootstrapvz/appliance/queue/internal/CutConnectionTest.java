/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.bootstrapvz.appliance.api.builds.BuildState;
import org.bootstrapvz.appliance.api.builds.BuildSummary;
import org.bootstrapvz.appliance.api.builds.BuildsException;
import org.bootstrapvz.appliance.api.history.BuildDetails;
import org.bootstrapvz.appliance.api.history.BuildQuery;
import org.bootstrapvz.testkit.FailOnStall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The network between an appliance and its PostgreSQL is cut. */
@FailOnStall
class CutConnectionTest extends TestOnPostgres {
  private static final int CUTS = 10;

  private final ScriptedBuilder builder = new ScriptedBuilder("provider:kvm");
  private TcpRelay relay;

  @BeforeEach
  void startRelay() throws IOException {
    relay = new TcpRelay(database.port());
  }

  @AfterEach
  void stopRelay() throws IOException {
    relay.close();
  }

  private TestAppliance appliance(String heartbeatInterval) throws IOException {
    return new TestAppliance(
        folder.resolve("one"),
        builder,
        database
            .settings("one")
            .with("url", database.url(relay.port()) + "?socketTimeout=3")
            .with("heartbeatInterval", heartbeatInterval));
  }

  @ParameterizedTest
  @EnumSource
  void duringACutSubmissionsAreRefusedAndAfterwardsEachBuildRunsOnce(TcpRelay.Cut cut)
      throws Exception {
    // The cut is shorter than the lease on a build.
    try (TestAppliance appliance = appliance("10m")) {
      BuildSummary build = appliance.submit("log: 10\nafterwards: 100\n" + gate.line());
      BuildSummary queued = appliance.submit("log: 1\n");
      Gate.Arrival arrival = gate.next();

      relay.cut(cut);
      BuildsException refused =
          assertThrows(BuildsException.class, () -> appliance.submit("log: 1\n"));
      assertEquals(BuildsException.Reason.UNAVAILABLE, refused.reason());
      assertTrue(
          refused.getMessage().startsWith("The database is not available: "), refused.getMessage());
      assertTrue(appliance.queue().status().trouble().isPresent());
      arrival.letThrough();
      relay.mend();
      TestAppliance.await(() -> appliance.queue().status().trouble().isEmpty());

      appliance.await(build.id(), BuildState.SUCCEEDED);
      String log = appliance.queue().log(build.id(), 0, 1 << 20).text();
      assertTrue(log.contains("afterwards 100\n"), log);
      appliance.await(queued.id(), BuildState.SUCCEEDED);
      assertEquals(2, builder.runs());
      assertEquals(2, list(appliance).size());
    }
  }

  private static List<BuildSummary> list(TestAppliance appliance) {
    return appliance.queue().list(new BuildQuery(Set.of(), OptionalLong.empty(), 1000)).builds();
  }

  /** A submission whose answer was lost may be in the history, but an acknowledged one is. */
  @Test
  void ofBuildsThatAreSubmittedDuringManyCutsNoneIsLostAndNoneRunsTwice() throws Exception {
    Random random = new Random(1);
    List<Long> acknowledged = new ArrayList<>();
    try (TestAppliance appliance = appliance("2s")) {
      for (int cut = 0; cut < CUTS; cut++) {
        int before = random.nextInt(4);
        for (int i = 0; i < before; i++) {
          acknowledged.add(appliance.submit("log: 3\n").id());
        }
        Thread cutting = new Thread(this::cutAndMend, "cutting");
        cutting.start();
        try {
          acknowledged.add(appliance.submit("log: 3\n").id());
        } catch (BuildsException e) {
          assertEquals(BuildsException.Reason.UNAVAILABLE, e.reason());
        }
        cutting.join();
        TestAppliance.await(() -> appliance.queue().status().trouble().isEmpty());
      }
      for (long id : acknowledged) {
        assertTrue(appliance.queue().find(id).isPresent(), "build " + id);
      }
      List<BuildSummary> all = list(appliance);
      assertTrue(all.size() <= acknowledged.size() + CUTS, all.toString());
      int succeeded = 0;
      for (BuildSummary each : all) {
        // If the answer to its begin was lost, it is found later that nobody runs it.
        BuildDetails ended =
            appliance.await(each.id(), details -> details.summary().state().ended());
        assertEquals(1, ended.summary().attempt());
        succeeded += ended.summary().state() == BuildState.SUCCEEDED ? 1 : 0;
      }
      assertTrue(succeeded >= all.size() / 2, all.toString());
      assertTrue(builder.runs() <= all.size(), builder.runs() + " runs of " + all);
      assertTrue(builder.runs() >= succeeded, builder.runs() + " runs");
    }
  }

  private void cutAndMend() {
    relay.cut(TcpRelay.Cut.RESET);
    relay.mend();
  }
}
