/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.Map;
import org.bootstrapvz.api.manifest.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts with manifest variables. */
class VariablesTest {
  @TempDir Path folder;
  private Manifest manifest;

  @BeforeEach
  void read() {
    manifest =
        new ManifestChecker(folder)
            .good(
                ManifestChecker.GOOD
                    + """
                    packages:
                      mirror: https://mirror.example.org/debian
                      install_standard: yes
                      apt.conf.d:
                        00list: ""
                    plugins:
                      sample: {count: 010}
                    """);
  }

  private void assertExpands(String text, String expanded) {
    assertEquals(expanded, manifest.expand(text));
  }

  private void assertRefused(String text, String message) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> manifest.expand(text)).getMessage());
  }

  @Test
  void aVariableIsThePathOfAScalar() {
    assertExpands("debian-{system.release}-{system[architecture]}!", "debian-trixie-amd64!");
    assertExpands("{packages[apt.conf.d][00list]}", "");
  }

  @Test
  void booleansPrintAsInTheOriginalAndNumbersAsWritten() {
    assertExpands("{packages.install_standard} {plugins.sample.count}", "True 010");
  }

  @Test
  void theValueOfAVariableIsNotExpandedAgain() {
    assertExpands("{name}", "debian-{system.release}");
  }

  @Test
  void doubleBracesAreText() {
    assertExpands("{{system.release}} {{{system.release}}}", "{system.release} {trixie}");
  }

  @Test
  void theTimeIsThatOfReading() {
    assertExpands("{%Y}-{%m}-{%d} {%H}:{%M}:{%S}.{%f}", "2026-11-22 09:05:03.012345");
    assertExpands("{%a} {%A} {%b} {%B} {%y} {%j}", "Sun Sunday Nov November 26 326");
    assertExpands("{%I} {%p} {%w} {%U} {%W} [{%z}{%Z}]", "09 AM 0 47 46 []");
    assertExpands("{%c} | {%x} | {%X}", "Sun Nov 22 09:05:03 2026 | 11/22/26 | 09:05:03");
  }

  @Test
  void theMirrorOfTheManifestIsKnownThatOfTheHostIsNot() {
    assertExpands(
        "{apt_mirror} {apt_security}", "https://mirror.example.org/debian {apt_security}");
  }

  @Test
  void additionalVariablesCanBePassed() {
    assertEquals(
        "/mnt {x} trixie",
        manifest.expand(
            "{root} {apt_security} {system.release}",
            Map.of("root", "/mnt", "apt_security", "{x}")));
  }

  @Test
  void anUnknownVariable() {
    assertRefused(
        "{system.relese}",
        "There is no variable {system.relese}. Did you mean {system.release}? A variable is the"
            + " path of a value in this manifest, or {%Y} and the like for the time");
  }

  @Test
  void aVariableThatIsNotAScalar() {
    assertRefused(
        "{system}",
        "{system} stands for a map. Only texts, numbers and booleans of the manifest can be"
            + " variables");
  }

  @Test
  void anUnknownTimeCode() {
    assertRefused(
        "{%q}",
        "{%q} is not a time code. Write {{%q}} for braces that are text. The time codes are {%Y} and"
            + " the like with one of the letters aAbBcdfHIjmMpSUwWxXyYzZ");
  }

  @Test
  void bracesWithoutTheirCounterparts() {
    assertRefused("a {b", "The text has a { without a }. Write {{ and }} for braces that are text");
    assertRefused(
        "a } b", "The text has a } without a {. Write {{ and }} for braces that are text");
  }

  @Test
  void anInvalidName() {
    for (String field : new String[] {"", "name!r", "name:>9", "system..release", "a[b"}) {
      assertRefused(
          "{" + field + "}",
          "{"
              + field
              + "} is not the name of a variable. Write {{"
              + field
              + "}} for braces that are text. A variable is a path of the manifest such as"
              + " {system.release}");
    }
  }
}
