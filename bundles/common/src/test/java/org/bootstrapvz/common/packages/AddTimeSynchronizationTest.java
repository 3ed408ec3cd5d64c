/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.packages;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddTimeSynchronizationTest {
  @Test
  void theClockIsSynchronizedByDefaultAndThisCanBeSwitchedOff() {
    assertEquals(true, AddTimeSynchronization.isWanted(new TestManifest()));
    assertEquals(
        false,
        AddTimeSynchronization.isWanted(
            new TestManifest().with("system.time_synchronization", false)));
  }

  @ParameterizedTest
  @CsvSource({"chrony, false", "ntpsec/trixie-backports, false", "chronicle, true"})
  void anotherProgramForItTakesItsPlace(String name, boolean wanted) {
    TestManifest manifest = new TestManifest().with("packages.install", List.of(name));

    assertEquals(wanted, AddTimeSynchronization.isWanted(manifest));
  }

  @ParameterizedTest
  @CsvSource({"buster, systemd", "bookworm, systemd-timesyncd", "trixie, systemd-timesyncd"})
  void thePackageIsThatOfTheRelease(String release, String name, @TempDir Path folder)
      throws Exception {
    TestBuild build = new TestBuild(new TestManifest().with("system.release", release), folder);

    new AddTimeSynchronization().run(build);

    assertEquals(List.of(PackageRequest.of(name)), build.all(PackageRequest.class));
  }
}
