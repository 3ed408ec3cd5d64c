/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.operations.internal.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bootstrapvz.appliance.api.RecordedAudit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployAuditTest {
  @TempDir private Path folder;
  private final RecordedAudit audit = new RecordedAudit();

  private DeployAudit start() {
    return new DeployAudit(folder, folder.resolve("known"), audit);
  }

  @Test
  void onlyChangesAreRecordedAlsoThoseMadeWhileTheApplianceWasStopped() throws IOException {
    Path jar = Files.writeString(folder.resolve("a b.jar"), "");
    Path bad = Files.writeString(folder.resolve("bad.jar"), "");
    String by = System.getProperty("user.name") + "||deploy directory|";
    DeployAudit first = start();
    first.deployed(jar, "11", Optional.empty());
    first.deployed(bad, "22", Optional.of("is not signed"));

    DeployAudit second = start();
    second.deployed(jar, "11", Optional.empty());
    second.deployed(bad, "22", Optional.of("is not signed"));
    second.deployed(bad, "33", Optional.empty());
    Files.delete(jar);
    DeployAudit third = start();
    third.deployed(bad, "33", Optional.empty());
    Files.delete(bad);
    third.removed(bad);
    third.removed(bad);

    assertEquals(
        List.of(
            "plugin-deployed|" + by + "a b.jar|ok|sha256 11",
            "plugin-deployed|" + by + "bad.jar|refused|sha256 22; it is not signed",
            "plugin-deployed|" + by + "bad.jar|ok|sha256 33",
            "plugin-removed|||deploy directory|a b.jar|ok|",
            "plugin-removed|||deploy directory|bad.jar|ok|"),
        audit.lines());
  }
}
