/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.bootstrapvz.api.build.BuildRequest;
import org.bootstrapvz.api.manifest.ManifestSource;
import org.junit.jupiter.api.Test;

class WorkerCallTest {
  @Test
  void everyCallIsReadAsItWasWrittenOnOneLine() {
    for (WorkerCall call :
        new WorkerCall[] {
          new WorkerCall.Build(
              new BuildRequest(
                  ManifestSource.selfContained(Path.of("/scratch/a\nb.yml")),
                  false,
                  true,
                  Optional.of(Path.of("/builds/7")))),
          new WorkerCall.Build(submitted()),
          new WorkerCall.Build(submitted()).withPlanningLimit(Duration.ofSeconds(30)),
          new WorkerCall.Cancel()
        }) {
      assertFalse(call.json().contains("\n"), call.json());
      assertEquals(call, WorkerCall.parse(call.json()));
    }
  }

  private static BuildRequest submitted() {
    return new BuildRequest(ManifestSource.selfContained(Path.of("/web.yml")), false, false);
  }

  @Test
  void aWorkerDoesNotReadFilesThatTheManifestIncludes() {
    WorkerCall call = new WorkerCall.Build(BuildRequest.of(Path.of("/web.yml")));
    assertEquals(new WorkerCall.Build(submitted()), WorkerCall.parse(call.json()));
  }

  @Test
  void anotherVersionOfTheProtocolIsRefusedWithBothVersions() {
    String json = new WorkerCall.Build(2, submitted(), Optional.empty()).json();

    String message =
        assertThrows(IllegalArgumentException.class, () -> WorkerCall.parse(json)).getMessage();

    assertTrue(message.startsWith("The caller uses version 2 of the protocol"), message);
    assertTrue(message.contains("this worker version 1"), message);
  }

  @Test
  void anUnknownCallIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> WorkerCall.parse("{\"type\":\"x\"}"));
    assertThrows(IllegalArgumentException.class, () -> WorkerCall.parse("build"));
  }
}
