/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal.migration;

import java.util.List;

/** Rules for the provider {@code ec2}. */
final class Ec2Rules {
  /** Settings of images in S3. */
  private static final List<String> S3_SETTINGS =
      List.of(
          "provider.bucket",
          "provider.region",
          "provider.credentials.certificate",
          "provider.credentials.private-key",
          "provider.credentials.user-id");

  static final List<MigrationRule> RULES =
      List.of(
          new MigrationRule(
              "pvm becomes hvm",
              "No current instance type is paravirtual",
              Ec2Rules::virtualization),
          new MigrationRule(
              "Images in S3 become images in EBS, without the settings of S3",
              "Images in S3 boot only on instance types that are no longer offered",
              Ec2Rules::backing),
          new MigrationRule(
              "Settings of EC2's network drivers are removed",
              "The drivers are in Debian's kernel",
              Ec2Rules::drivers));

  private Ec2Rules() {}

  private static boolean applies(ManifestEditor manifest) {
    return manifest.value("provider.name").equals("ec2");
  }

  private static void virtualization(ManifestEditor manifest) {
    if (applies(manifest) && manifest.value("provider.virtualization").equals("pvm")) {
      manifest.replace("provider.virtualization", "hvm", "no current instance type is paravirtual");
    }
  }

  private static void backing(ManifestEditor manifest) {
    if (!applies(manifest) || !manifest.value("volume.backing").equals("s3")) {
      return;
    }
    String reason = "images in S3 boot only on instance types that are no longer offered";
    manifest.replace("volume.backing", "ebs", reason);
    for (String path : S3_SETTINGS) {
      manifest.entry(path).ifPresent(entry -> manifest.remove(entry, path, reason));
    }
  }

  private static void drivers(ManifestEditor manifest) {
    if (applies(manifest)) {
      for (String path : List.of("provider.enhanced_networking", "provider.amzn-driver-version")) {
        manifest
            .entry(path)
            .ifPresent(entry -> manifest.remove(entry, path, "the drivers are in Debian's kernel"));
      }
    }
  }
}
