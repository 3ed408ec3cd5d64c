/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.internal.apt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.bootstrapvz.api.packages.Source;
import org.junit.jupiter.api.Test;

class Deb822Test {
  private static String text(String... lines) {
    List<Source> sources = Stream.of(lines).map(line -> Source.parse("main", line)).toList();
    return Deb822.text(sources);
  }

  @Test
  void suitesOfOneArchiveShareAStanza() {
    assertEquals(
        """
        Types: deb deb-src
        URIs: http://mirror.example.org/debian
        Suites: trixie trixie-updates
        Components: main contrib
        Signed-By: /usr/share/keyrings/a.gpg

        Types: deb deb-src
        URIs: http://mirror.example.org/debian-security
        Suites: trixie-security
        Components: main contrib
        Signed-By: /usr/share/keyrings/a.gpg
        """,
        text(
            "deb [signed-by=/usr/share/keyrings/a.gpg] http://mirror.example.org/debian trixie main"
                + " contrib",
            "deb-src [signed-by=/usr/share/keyrings/a.gpg] http://mirror.example.org/debian trixie"
                + " main contrib",
            "deb [signed-by=/usr/share/keyrings/a.gpg] http://mirror.example.org/debian-security"
                + " trixie-security main contrib",
            "deb-src [signed-by=/usr/share/keyrings/a.gpg]"
                + " http://mirror.example.org/debian-security trixie-security main contrib",
            "deb [signed-by=/usr/share/keyrings/a.gpg] http://mirror.example.org/debian"
                + " trixie-updates main contrib",
            "deb-src [signed-by=/usr/share/keyrings/a.gpg] http://mirror.example.org/debian"
                + " trixie-updates main contrib"));
  }

  @Test
  void aSourceWithoutItsSourceCodeDoesNotGetItFromItsNeighbour() {
    assertEquals(
        """
        Types: deb deb-src
        URIs: http://mirror.example.org/debian
        Suites: trixie
        Components: main

        Types: deb
        URIs: http://mirror.example.org/debian
        Suites: trixie-backports
        Components: main
        """,
        text(
            "deb http://mirror.example.org/debian trixie main",
            "deb http://mirror.example.org/debian trixie-backports main",
            "deb-src http://mirror.example.org/debian trixie main"));
  }

  @Test
  void optionsBecomeFieldsAndAnExactPathHasNoComponents() {
    assertEquals(
        """
        Types: deb
        URIs: http://mirror.example.org/tools
        Suites: ./
        Architectures: amd64 i386
        Languages-Remove: de
        Check-Valid-Until: no
        PDiffs: no
        """,
        text(
            "deb [arch=amd64,i386 lang-=de check-valid-until=no pdiffs=no]"
                + " http://mirror.example.org/tools ./"));
  }
}
