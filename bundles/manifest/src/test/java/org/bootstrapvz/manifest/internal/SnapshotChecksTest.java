/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotChecksTest {
  private static final String MIRROR = "  mirror: http://snapshot.example.org/archive\n";

  @TempDir Path folder;
  private ManifestChecker checker;

  @BeforeEach
  void openChecker() {
    checker = new ManifestChecker(folder);
  }

  private String problems(String packages) {
    checker.read(ManifestChecker.GOOD + "packages:\n" + packages);
    return checker.problems();
  }

  @Test
  void aTimeWithAServiceIsAccepted() {
    assertEquals("", problems(MIRROR + "  snapshot: 20260101T000000Z\n"));
    assertEquals(
        "",
        problems(
            "  snapshot: {time: 20260101T000000Z, mirror: 'http://snapshot.example.org/archive'}\n"
                + "  mirror: http://mirror.example.org/debian\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2026-01-01", "20260101", "20260101T0000Z", "yesterday", "20260101t000000z"})
  void aTimeOfAnotherForm(String time) {
    assertEquals(
        "m.yml:22:13: error: packages.snapshot: \""
            + time
            + "\" does not have the right form. Time of a snapshot in UTC, for example"
            + " 20260101T000000Z\n",
        problems(MIRROR + "  snapshot: '" + time + "'\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"20260231T000000Z", "20261301T000000Z", "20260101T250000Z"})
  void aTimeThatDoesNotExist(String time) {
    assertEquals(
        "m.yml:22:13: error: packages.snapshot: There is no time "
            + time
            + ". It is year, month, day, T, hour, minute, second and Z, for example"
            + " 20260101T000000Z\n",
        problems(MIRROR + "  snapshot: " + time + "\n"));
  }

  @Test
  void aTimeInTheFuture() {
    assertEquals(
        "m.yml:22:13: error: packages.snapshot: The time 20270101T000000Z is in the future. Write a"
            + " time in the past\n",
        problems(MIRROR + "  snapshot: 20270101T000000Z\n"));
  }

  @Test
  void aTimeWithoutAService() {
    assertEquals(
        "m.yml:21:13: error: packages.snapshot: A snapshot needs the address of the service that has"
            + " it. Set packages.mirror to it, for example to https://snapshot.example.org/archive,"
            + " or write snapshot: {time: 20260101T000000Z, mirror: ADDRESS} to give the image other"
            + " mirrors\n",
        problems("  snapshot: 20260101T000000Z\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/debian", "/debian/", "/debian/20260101T000000Z", "/20260101T000000Z"})
  void anAddressThatContainsTheArchiveOrTheTime(String end) {
    assertEquals(
        "m.yml:21:11: error: packages.mirror: The address of a snapshot service does not contain the"
            + " archive and the time. Write http://a.example.org/archive: the build adds"
            + " /debian/TIME and /debian-security/TIME\n",
        problems(
            "  mirror: http://a.example.org/archive" + end + "\n  snapshot: 20260101T000000Z\n"));
  }

  @Test
  void anotherMirrorOfTheBaseSystemIsAContradiction() {
    checker.read(
        ManifestChecker.GOOD.replace(
                "workspace: /target", "workspace: /target\n  mirror: http://a.example.org/debian")
            + "packages: {mirror: 'http://s.example.org/archive', snapshot: 20260101T000000Z}\n");
    assertEquals(
        "m.yml:6:3: error: bootstrapper.mirror: The base system comes from packages.snapshot. Remove"
            + " this key, or packages.snapshot\n",
        checker.problems());
  }

  @Test
  void aSnapshotOfASnapshotIsAContradiction() {
    assertTrue(
        problems(
                "  mirror: {url: 'http://s.example.org/a', snapshot: 20260101T000000Z}\n"
                    + "  snapshot: 20260101T000000Z\n")
            .contains("packages.mirror.snapshot: apt would look for a snapshot of the snapshot."));
  }

  @Test
  void aServiceWithoutTheSecurityArchiveIsAccepted() {
    assertEquals(
        "",
        problems(
            "  snapshot: {time: 20260101T000000Z, mirror: 'http://s.example.org/a', security: false}\n"
                + "  mirror: http://mirror.example.org/debian\n"
                + "  security: http://mirror.example.org/debian-security\n"));
    assertEquals("", problems(MIRROR + "  snapshot: {time: 20260101T000000Z, security: false}\n"));
  }

  @Test
  void aMapWithoutAServiceNeedsOneToo() {
    assertTrue(
        problems("  snapshot: {time: 20260101T000000Z, security: false}\n")
            .contains("or write snapshot: {time: 20260101T000000Z, mirror: ADDRESS}"));
  }

  @Test
  void anAddressForTheSecurityArchiveThatTheSnapshotDoesNotHaveIsAContradiction() {
    assertEquals(
        "m.yml:22:3: error: packages.security: The snapshot has no security archive. Remove this"
            + " key, or packages.snapshot.security\n",
        problems(
            MIRROR
                + "  security: http://s.example.org/a\n"
                + "  snapshot: {time: 20260101T000000Z, security: false}\n"));
  }
}
