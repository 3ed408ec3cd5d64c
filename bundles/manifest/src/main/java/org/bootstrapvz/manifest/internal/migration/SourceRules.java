/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal.migration;

import static org.bootstrapvz.manifest.internal.migration.ManifestTree.scalar;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.bootstrapvz.manifest.internal.migration.ManifestTree.Entry;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Rules for keyrings, mirrors, sources of APT and pins. */
final class SourceRules {
  static final List<MigrationRule> MIRRORS =
      List.of(
          new MigrationRule(
              "The keyring of removed keys is removed",
              "These keys sign no current release",
              SourceRules::keyring),
          mirror("bootstrapper.mirror"),
          mirror("packages.mirror"),
          mirror("packages.security"));

  static final List<MigrationRule> RULES =
      List.of(
          new MigrationRule(
              "Sources get the suites of the current release",
              "The packages must match the release",
              SourceRules::sources),
          new MigrationRule(
              "Pins get the suites of the current release",
              "A pin to the old release would match nothing",
              SourceRules::pins));

  private SourceRules() {}

  private static MigrationRule mirror(String path) {
    return new MigrationRule(
        path + " is removed if it is an archive, and adapted or reported otherwise",
        "Archives have only releases that have ended; security suites were renamed in bullseye",
        manifest -> mirror(manifest, path));
  }

  private static void keyring(ManifestEditor manifest) {
    if (manifest.value("bootstrapper.keyring").contains("removed")) {
      manifest.remove(
          manifest.entry("bootstrapper.keyring").orElseThrow(),
          "bootstrapper.keyring",
          "keys that Debian removed sign no current release");
    }
  }

  private static void mirror(ManifestEditor manifest, String path) {
    String value = manifest.value(path);
    Optional<URI> address = address(value);
    if (address.isEmpty() || manifest.releases().isNone()) {
      return;
    }
    Entry entry = manifest.entry(path).orElseThrow();
    String host = String.valueOf(address.get().getHost());
    String directory = String.valueOf(address.get().getPath());
    if (manifest.old().archived() && host.startsWith("archive.")) {
      manifest.remove(entry, path, "an archive has only releases that have ended");
    } else if (path.equals("packages.security")
        && manifest.old().version() < ReleaseChange.BULLSEYE
        && (directory.isEmpty() || directory.equals("/"))) {
      manifest.replace(
          path,
          value.replaceFirst("/*$", "/debian-security"),
          "since bullseye the suite is "
              + manifest.releases().securitySuite()
              + ", in the directory debian-security");
    } else {
      manifest.hint(
          entry.value(),
          path,
          "is unchanged",
          "check that the mirror exists and provides " + manifest.current().codename());
    }
  }

  private static Optional<URI> address(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(URI.create(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static void sources(ManifestEditor manifest) {
    for (Entry list : manifest.entries("packages.sources")) {
      if (list.value() instanceof SequenceNode lines) {
        for (int i = 0; i < lines.getValue().size(); i++) {
          source(manifest, lines.getValue().get(i), "packages.sources." + list.name() + "." + i);
        }
      }
    }
  }

  private static void source(ManifestEditor manifest, Node line, String path) {
    ReleaseChange releases = manifest.releases();
    String before = scalar(line).orElse("");
    if (!releases.suites(before).equals(before)) {
      manifest.rewrite(
          line, path, releases::suites, "the source now provides " + manifest.current().codename());
    }
    if (!releases.isNone()) {
      manifest.hint(
          line,
          path,
          "is an additional source",
          "check that it provides a suite for " + manifest.current().codename());
    }
  }

  private static void pins(ManifestEditor manifest) {
    ReleaseChange releases = manifest.releases();
    for (Entry list : manifest.entries("packages.preferences")) {
      if (!(list.value() instanceof SequenceNode pins)) {
        continue;
      }
      for (int i = 0; i < pins.getValue().size(); i++) {
        for (Entry part : ManifestTree.entries(pins.getValue().get(i))) {
          String before = scalar(part.value()).orElse("");
          if (part.name().equals("pin") && !releases.suites(before).equals(before)) {
            manifest.rewrite(
                part.value(),
                "packages.preferences." + list.name() + "." + i + ".pin",
                releases::suites,
                "the pin now applies to " + manifest.current().codename());
          }
        }
      }
    }
  }
}
