/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageReferenceTest {
  @ParameterizedTest
  @CsvSource({
    "debian,'',debian,latest",
    "debian:trixie,'',debian,trixie",
    "team/debian:1.0_a-b,'',team/debian,1.0_a-b",
    "registry.example.org/team/debian,registry.example.org,team/debian,latest",
    "localhost/debian:x,localhost,debian,x",
    "localhost:5000/a/b/c:x,localhost:5000,a/b/c,x",
    "127.0.0.1:5000/a__b:x,127.0.0.1:5000,a__b,x",
    "[::1]:5000/a:x,[::1]:5000,a,x",
    "localhost:5000,'',localhost,5000",
  })
  void aNameIsReadAsDockerReadsIt(String text, String registry, String repository, String tag) {
    assertEquals(new ImageReference(registry, repository, tag), ImageReference.parse(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Debian|Write debian",
        "debian:|not a tag",
        "debian:a b|not a tag",
        "debian:-a|not a tag",
        "a..b|not a repository name",
        "/a|not a repository name",
        "a//b|not a repository name",
        "a:b:c|not a tag",
        "a@sha256:0|not an image name",
        "a_b.c:x:y/d|not a registry address",
      })
  void anInvalidNameIsRefused(String text, String part) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> ImageReference.parse(text));
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  @Test
  void aFileNameContainsNeitherSlashNorColon() {
    assertEquals(
        "localhost-5000-team-debian-trixie",
        ImageReference.parse("localhost:5000/team/debian:trixie").fileName());
  }
}
