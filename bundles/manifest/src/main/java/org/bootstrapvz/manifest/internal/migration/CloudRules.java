/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal.migration;

import java.util.List;

/** Rules for the providers of clouds, except for those of {@link Ec2Rules}. */
final class CloudRules {
  /** Settings of the service for which the provider oracle was written. */
  private static final List<String> CLASSIC =
      List.of("provider.credentials", "provider.container", "provider.verify");

  static final List<MigrationRule> RULES =
      List.of(
          new MigrationRule(
              "The version of Azure's agent is removed",
              "The agent is Debian's package waagent",
              CloudRules::agent),
          new MigrationRule(
              "Settings of Oracle Compute Classic are removed",
              "The service no longer exists",
              CloudRules::classic),
          new MigrationRule(
              "A raw image for Oracle becomes a qcow2",
              "Oracle Cloud Infrastructure imports no raw image",
              CloudRules::raw));

  private CloudRules() {}

  private static boolean isOf(ManifestEditor manifest, String provider) {
    return manifest.value("provider.name").equals(provider);
  }

  /** A map must not stay behind without its only entry. */
  private static void agent(ManifestEditor manifest) {
    if (isOf(manifest, "azure") && manifest.entry("provider.waagent.version").isPresent()) {
      boolean only = manifest.entries("provider.waagent").size() == 1;
      String path = only ? "provider.waagent" : "provider.waagent.version";
      manifest.remove(
          manifest.entry(path).orElseThrow(), path, "the agent is Debian's package waagent");
    }
  }

  private static void classic(ManifestEditor manifest) {
    if (isOf(manifest, "oracle")) {
      for (String path : CLASSIC) {
        manifest
            .entry(path)
            .ifPresent(
                entry -> manifest.remove(entry, path, "Oracle Compute Classic no longer exists"));
      }
    }
  }

  private static void raw(ManifestEditor manifest) {
    if (isOf(manifest, "oracle") && manifest.value("volume.backing").equals("raw")) {
      manifest.replace(
          "volume.backing", "qcow2", "Oracle Cloud Infrastructure imports no raw image");
    }
  }
}
