/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.project;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.bootstrapvz.api.extension.ExtensionInfo;

/** The kinds of projects. */
enum Kind {
  PLUGIN(
      ExtensionInfo.Kind.PLUGIN,
      Set.of(
          "admin_user",
          "ansible",
          "apt_proxy",
          "chef",
          "cloud_init",
          "commands",
          "debconf",
          "docker_daemon",
          "ec2_launch",
          "ec2_publish",
          "expand_root",
          "file_copy",
          "google_cloud_repo",
          "google_cloud_sdk",
          "minimize_size",
          "ntp",
          "opennebula",
          "pip3_install",
          "prebootstrapped",
          "puppet",
          "root_password",
          "salt",
          "tmpfs_workspace",
          "unattended_upgrades",
          "vagrant")),
  PROVIDER(
      ExtensionInfo.Kind.PROVIDER,
      Set.of("azure", "docker", "ec2", "gce", "kvm", "oracle", "virtualbox"));

  private final ExtensionInfo.Kind installed;
  private final Set<String> ours;

  Kind(ExtensionInfo.Kind installed, Set<String> ours) {
    this.installed = installed;
    this.ours = ours;
  }

  ExtensionInfo.Kind installed() {
    return installed;
  }

  /** Whether bootstrap-vz has one with this name, installed or not. */
  boolean isOurs(String name) {
    return ours.contains(name);
  }

  /** The files of a project, with their templates. */
  Map<String, String> files() {
    String prefix = this == PLUGIN ? "Plugin" : "Provider";
    String task = this == PLUGIN ? "Write@class@" : "Describe@class@";
    return Map.ofEntries(
        Map.entry("pom.xml", "pom.xml"),
        Map.entry("README.md", this + "-README.md"),
        Map.entry("manifest.yml", this + "-manifest.yml"),
        Map.entry("src/main/resources/@folder@/schema.json", this + "-schema.json"),
        Map.entry("src/main/java/@folder@/@class@" + prefix + ".java", prefix + ".java"),
        Map.entry("src/main/java/@folder@/" + task + ".java", prefix + "Task.java"),
        Map.entry("src/test/java/@folder@/@class@" + prefix + "Test.java", prefix + "Test.java"),
        Map.entry("src/test/java/@folder@/ContractTest.java", prefix + "ContractTest.java"),
        Map.entry("src/test/java/@folder@/DistributionIT.java", "DistributionIT.java"));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
