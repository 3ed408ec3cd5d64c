/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.internal.apt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostSourcesTest {
  @TempDir Path etc;
  private Path apt;

  @BeforeEach
  void makeFolder() throws IOException {
    apt = etc.resolve("apt");
    Files.createDirectories(apt.resolve("sources.list.d"));
  }

  @Test
  void readsOneLineSources() throws IOException {
    Files.writeString(
        apt.resolve("sources.list"),
        """
        # deb http://old.example.org/debian bookworm main
        deb [arch=amd64] http://mirror.example.org/debian/ bookworm main contrib # the mirror
        deb-src http://mirror.example.org/debian bookworm main
        deb http://security.example.org/debian-security bookworm-security main
        """);
    HostSources host = HostSources.read(apt);
    assertEquals(Optional.of("http://mirror.example.org/debian"), host.mirror());
    assertEquals(Optional.of("http://security.example.org/debian-security"), host.security());
  }

  @Test
  void readsDeb822Sources() throws IOException {
    Files.writeString(
        apt.resolve("sources.list.d/debian.sources"),
        """
        Types: deb deb-src
        # a comment in between
        URIs: https://mirror.example.org/debian
        Suites: trixie
         trixie-updates
        Components: main

        Types: deb
        URIs: https://mirror.example.org/debian-security/
        Suites: trixie-security
        Components: main
        """);
    HostSources host = HostSources.read(apt);
    assertEquals(Optional.of("https://mirror.example.org/debian"), host.mirror());
    assertEquals(Optional.of("https://mirror.example.org/debian-security"), host.security());
  }

  @Test
  void skipsDisabledStanzasAndArchivesThatAreNotDebian() throws IOException {
    Files.writeString(
        apt.resolve("sources.list.d/a.sources"),
        """
        Enabled: no
        Types: deb
        URIs: http://disabled.example.org/debian
        Suites: stable
        Components: main
        """);
    Files.writeString(
        apt.resolve("sources.list.d/b.list"), "deb http://tool.example.org/apt nodistro main\n");
    HostSources host = HostSources.read(apt);
    assertEquals(Optional.empty(), host.mirror());
    assertEquals(Optional.empty(), host.security());
  }

  @Test
  void hasNoMirrorWhereThereIsNoConfiguration() throws IOException {
    assertEquals(Optional.empty(), HostSources.read(apt.resolve("none")).mirror());
  }

  @Test
  void theReleaseOfTheHostItselfIsRecognisedWhateverItsName() throws IOException {
    Files.writeString(
        apt.resolve("sources.list"),
        """
        deb http://mirror.example.org/debian nemo main
        deb http://security.example.org/debian-security nemo-security main
        """);
    assertEquals(Optional.empty(), HostSources.read(apt).mirror());

    Files.writeString(etc.resolve("os-release"), "VERSION_CODENAME=nemo\nID=debian\n");

    HostSources host = HostSources.read(apt);
    assertEquals(Optional.of("http://mirror.example.org/debian"), host.mirror());
    assertEquals(Optional.of("http://security.example.org/debian-security"), host.security());
  }

  @Test
  void anArchiveVerifiedWithTheKeysOfDebianIsDebians() throws IOException {
    Files.writeString(
        apt.resolve("sources.list.d/debian.sources"),
        """
        Types: deb
        URIs: http://mirror.example.org/debian-security
        Suites: nemo-security
        Components: main
        Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

        Types: deb
        URIs: http://mirror.example.org/debian
        Suites: nemo
        Components: main
        Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
        """);
    HostSources host = HostSources.read(apt);
    assertEquals(Optional.of("http://mirror.example.org/debian"), host.mirror());
    assertEquals(Optional.of("http://mirror.example.org/debian-security"), host.security());
  }
}
