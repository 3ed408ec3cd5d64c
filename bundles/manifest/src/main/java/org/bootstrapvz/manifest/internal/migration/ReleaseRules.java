/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal.migration;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.bootstrapvz.api.manifest.Release;
import org.bootstrapvz.manifest.internal.migration.ManifestTree.Entry;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Rules for the release itself and for the manifest as a whole. */
final class ReleaseRules {
  /** The keys of the top level that are known. */
  static final Set<String> TOP_LEVEL =
      Set.of("name", "provider", "bootstrapper", "system", "packages", "plugins", "volume", "tags");

  static final List<MigrationRule> RULES =
      List.of(
          new MigrationRule(
              "system.release becomes the stable release",
              "Older releases have no security updates",
              ReleaseRules::release),
          new MigrationRule(
              "Unknown keys of the top level are removed",
              "The original accepted any key; those have no meaning",
              ReleaseRules::unknownKeys));

  /** Applied last: reports only values that no rule changed. */
  static final List<MigrationRule> HINTS =
      List.of(
          new MigrationRule(
              "Values that still contain the name of the old release are reported",
              "Only a person can decide whether to change free text",
              manifest -> reportOldName(manifest, manifest.root(), "")));

  private ReleaseRules() {}

  private static void release(ManifestEditor manifest) {
    if (manifest.releases().isNone()) {
      return;
    }
    Release old = manifest.old();
    String ended =
        old.endOfLife()
            .filter(manifest.today()::isAfter)
            .map(date -> " has had no security updates since " + date)
            .orElse(" is no longer the stable release");
    manifest.replace("system.release", manifest.current().name(), "Debian " + title(old) + ended);
  }

  private static String title(Release release) {
    return release.version() == Release.SID
        ? release.codename()
        : release.version() + " (" + release.codename() + ")";
  }

  private static void unknownKeys(ManifestEditor manifest) {
    for (Entry entry : ManifestTree.entries(manifest.root())) {
      if (!TOP_LEVEL.contains(entry.name()) && !manifest.isTouched(entry.value())) {
        manifest.remove(entry, entry.name(), "the key has no meaning");
      }
    }
  }

  private static void reportOldName(ManifestEditor manifest, Node node, String path) {
    if (manifest.releases().isNone()) {
      return;
    }
    String codename = manifest.old().codename();
    if (node instanceof ScalarNode scalar) {
      if (!manifest.isTouched(node)
          && Pattern.compile("(?i)\\b" + Pattern.quote(codename) + "\\b")
              .matcher(scalar.getValue())
              .find()) {
        manifest.hint(node, path, "still contains " + codename, "check whether to change it");
      }
    } else if (node instanceof SequenceNode list) {
      for (int i = 0; i < list.getValue().size(); i++) {
        reportOldName(manifest, list.getValue().get(i), path + "." + i);
      }
    }
    for (Entry entry : ManifestTree.entries(node)) {
      reportOldName(
          manifest, entry.value(), path.isEmpty() ? entry.name() : path + "." + entry.name());
    }
  }
}
