/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal.migration;

import java.util.List;
import java.util.stream.Stream;

/** Migrates a manifest of one release to a later release by applying all rules. */
final class Migration {
  /** All rules, in the order in which they apply. */
  static final List<MigrationRule> RULES =
      Stream.of(
              OldFormat.RULES,
              ReleaseRules.RULES,
              SystemRules.RULES,
              VolumeRules.RULES,
              SourceRules.MIRRORS,
              PackageRules.RULES,
              SourceRules.RULES,
              PluginRules.RULES,
              CommandRules.RULES,
              Ec2Rules.RULES,
              CloudRules.RULES,
              ReleaseRules.HINTS)
          .flatMap(List::stream)
          .toList();

  private Migration() {}

  static void apply(ManifestEditor manifest) {
    RULES.forEach(rule -> rule.change().accept(manifest));
  }
}
