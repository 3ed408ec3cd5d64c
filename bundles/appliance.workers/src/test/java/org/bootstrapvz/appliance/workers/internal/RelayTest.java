/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.workers.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.api.build.BuildEvent;
import org.bootstrapvz.api.build.BuildResult;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.document.EventDocument;
import org.bootstrapvz.testkit.TestManifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelayTest {
  private static final Path WORKSPACE = Path.of("/builds/7");

  private final List<BuildEvent> events = new ArrayList<>();
  private final Relay relay = new Relay(new TestManifest(), events::add, Optional.of(WORKSPACE));

  private void receive(BuildEvent event) {
    String line = EventDocument.json(event) + "\n";
    relay.events(new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)));
  }

  private static Artefact file(String path) {
    return new Artefact.Local(Path.of(path), 1, 1, "");
  }

  private static BuildEvent finished(Artefact artefact) {
    return new BuildEvent.Finished(
        new BuildResult(
            BuildResult.Status.SUCCEEDED,
            List.of(artefact),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Map.of(),
            Duration.ZERO));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc/shadow",
        "/builds/7/../8/disk.raw",
        "/builds/7/a/b",
        "/builds/7",
        "disk.raw"
      })
  void anIsolatedProcessCannotDeliverAFileThatIsNotInItsWorkspace(String path) {
    receive(new BuildEvent.Delivered(file(path)));
    assertEquals(List.of(), events);
    String offence = relay.offence().orElseThrow();
    assertTrue(offence.contains("is not in the workspace /builds/7"), offence);
  }

  @Test
  void norInItsResult() {
    receive(finished(file("/etc/shadow")));
    assertTrue(relay.result().isEmpty());
    assertTrue(relay.offence().isPresent());
  }

  @Test
  void filesInItsWorkspaceAreDelivered() {
    BuildEvent delivered = new BuildEvent.Delivered(file("/builds/7/disk.raw"));
    receive(delivered);
    assertEquals(List.of(delivered), events);
    assertTrue(relay.offence().isEmpty());
  }
}
