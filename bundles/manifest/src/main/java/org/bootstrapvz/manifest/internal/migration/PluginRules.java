/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal.migration;

import java.util.List;
import org.bootstrapvz.manifest.internal.migration.ManifestTree.Entry;

/** Rules for the section {@code plugins}. */
final class PluginRules {
  static final List<MigrationRule> RULES =
      List.of(
          new MigrationRule(
              "Renamed plugins get their current names",
              "names.csv has the reason of each",
              PluginRules::renamed),
          new MigrationRule(
              "minimize_size shrinks with qemu-img",
              "vmware-vdiskmanager is not in Debian",
              PluginRules::shrink));

  private PluginRules() {}

  private static void renamed(ManifestEditor manifest) {
    for (Entry plugin : manifest.entries("plugins")) {
      manifest
          .renamed("plugin", plugin.name())
          .filter(row -> manifest.entry("plugins." + row.now()).isEmpty())
          .ifPresent(
              row -> manifest.rename(plugin, "plugins." + row.name(), row.now(), row.reason()));
    }
  }

  private static void shrink(ManifestEditor manifest) {
    if (manifest.value("plugins.minimize_size.shrink").equals("vmware-vdiskmanager")) {
      manifest.replace(
          "plugins.minimize_size.shrink",
          "qemu-img",
          "the tool is not in Debian; qemu-img writes the same format");
    }
  }
}
