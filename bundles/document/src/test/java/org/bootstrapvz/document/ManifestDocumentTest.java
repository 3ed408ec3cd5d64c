/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bootstrapvz.api.manifest.HostFile;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestContent;
import org.bootstrapvz.api.manifest.ManifestReader;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.bootstrapvz.testkit.StandardTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestDocumentTest {
  private static final String TEXT =
      """
      name: web-{system.release}-{%Y}
      provider: {name: kvm}
      bootstrapper: {workspace: /target, keyring: keys/debian.gpg}
      system:
        {release: trixie, architecture: amd64, bootloader: none, locale: en_US, charmap: UTF-8, timezone: UTC}
      volume:
        backing: raw
        partitions: {type: none, root: {filesystem: ext4, size: 2GiB}}
      packages:
        install: [vim, /srv/packages/tool.deb]
        trusted-keys: [/srv/key.gpg]
      plugins:
        odd: {text: "a\\nb", number: 12345678901, fraction: 1.0, true: false, none: null, list: [1, []]}
      """;

  private final ManifestReader reader =
      new ManifestFiles(Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC));

  @TempDir Path folder;
  private Manifest manifest;

  @BeforeEach
  void readManifest() throws Exception {
    List<Problem> problems = new ArrayList<>();
    Path file = Files.writeString(folder.resolve("web.yml"), TEXT);
    manifest = reader.read(file, StandardTypes.all(), problems::add).orElseThrow();
    Path schema =
        Files.writeString(
            folder.resolve("schema.json"), "{\"properties\": {\"text\": {\"writeOnly\": true}}}");
    manifest = reader.check(manifest, "plugins.odd", schema.toUri().toURL(), problems::add);
    assertEquals(List.of(), problems);
  }

  /** Restored by a reader of another time. */
  private Manifest restored() {
    return ManifestDocument.parse(
        ManifestDocument.json(manifest), new ManifestFiles(), StandardTypes.all());
  }

  @Test
  void allValuesAreReadWithTheirLocations() {
    assertEquals(ManifestContent.of(manifest), ManifestContent.of(restored()));
    assertEquals(manifest.root().data(), restored().root().data());
    assertEquals(
        manifest.at("plugins.odd.list").location(), restored().at("plugins.odd.list").location());
    assertEquals(
        manifest.at("plugins.odd").keyLocation(), restored().at("plugins.odd").keyLocation());
  }

  @Test
  void tasksSeeTheSameManifest() {
    assertEquals("web-trixie-2026", restored().name());
    assertEquals(manifest.release(), restored().release());
    assertEquals("amd64", restored().architecture());
    assertEquals(folder.resolve("x"), restored().resolve("x"));
    assertEquals(manifest.secrets(), restored().secrets());
  }

  @Test
  void theFilesOfTheHostAreListed() {
    assertEquals(
        Set.of(
            folder.resolve("keys/debian.gpg"),
            Path.of("/srv/key.gpg"),
            Path.of("/srv/packages/tool.deb")),
        restored().hostFiles().stream().map(HostFile::file).collect(Collectors.toSet()));
    assertEquals(manifest.hostFiles(), restored().hostFiles());
    HostFile key =
        restored().hostFiles().stream()
            .filter(file -> file.path().equals("packages.trusted-keys.0"))
            .findFirst()
            .orElseThrow();
    assertEquals(manifest.at("packages.trusted-keys").items().get(0).location(), key.location());
  }

  @Test
  void itPrintsWithoutSecrets() {
    assertEquals(1, manifest.secrets().size());
    assertFalse(ManifestContent.of(manifest).toString().contains("a\nb"));
    assertTrue(ManifestDocument.json(manifest).contains("a\\nb"));
  }

  @Test
  void refusesOtherTexts() {
    assertThrows(
        IllegalArgumentException.class,
        () -> ManifestDocument.parse("{", reader, StandardTypes.all()));
  }
}
