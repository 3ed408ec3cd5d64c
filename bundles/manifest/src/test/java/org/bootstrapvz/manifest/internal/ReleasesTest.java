/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.Optional;
import org.bootstrapvz.api.manifest.Release;
import org.junit.jupiter.api.Test;

/** The releases of Debian in the table. */
class ReleasesTest {
  private final Releases releases = new Releases();

  private Release release(String name) {
    return releases.find(name).orElseThrow();
  }

  @Test
  void laterReleasesAreGreater() {
    assertTrue(release("wheezy").compareTo(release("squeeze")) > 0);
    assertTrue(release("wheezy").compareTo(release("stretch")) < 0);
    assertTrue(release("sid").compareTo(release("forky")) > 0);
    assertEquals(release("wheezy"), release("wheezy"));
    assertNotEquals(release("wheezy"), release("jessie"));
    assertTrue(release("trixie").atLeast(13));
    assertTrue(!release("bookworm").atLeast(13));
  }

  @Test
  void anAliasIsItsReleaseUnderAnotherName() {
    assertEquals("bullseye", release("oldoldstable").codename());
    assertEquals("bookworm", release("oldstable").codename());
    assertEquals("trixie", release("stable").codename());
    assertEquals("forky", release("testing").codename());
    assertEquals("sid", release("unstable").codename());
    assertEquals("stable", release("stable").name());
    assertEquals(0, release("stable").compareTo(release("trixie")));
    assertNotEquals(release("stable"), release("trixie"));
  }

  @Test
  void anUnknownNameIsNotARelease() {
    assertEquals(Optional.empty(), releases.find("nemo"));
  }

  @Test
  void securitySuitesChangedTheirFormWithBullseye() {
    assertEquals(Optional.of("buster/updates"), release("buster").securitySuite());
    assertEquals(Optional.of("bullseye-security"), release("bullseye").securitySuite());
    assertEquals(Optional.empty(), release("forky").securitySuite());
    assertEquals(Optional.empty(), release("sid").securitySuite());
    assertEquals(Optional.of("forky-updates"), release("forky").updatesSuite());
    assertEquals(Optional.empty(), release("sid").updatesSuite());
  }

  @Test
  void oldReleasesHaveEndedAndAreArchived() {
    assertEquals(Optional.of(LocalDate.of(2024, 6, 30)), release("buster").endOfLife());
    assertTrue(release("buster").archived());
    assertTrue(!release("bullseye").archived());
    assertEquals(Release.SID, release("sid").version());
  }
}
