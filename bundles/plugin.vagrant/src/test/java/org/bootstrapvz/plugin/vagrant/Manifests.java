/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.vagrant;

/** Manifests with the plugin. */
final class Manifests {
  static final String VIRTUALBOX =
      """
      name: trixie-{system.architecture}
      provider: {name: virtualbox}
      bootstrapper: {workspace: /target}
      system:
        release: trixie
        architecture: amd64
        bootloader: grub
        charmap: UTF-8
        locale: en_US
        timezone: UTC
        hostname: box
      volume: {backing: vmdk, partitions: {type: gpt, root: {filesystem: ext4, size: 1GiB}}}
      plugins: {vagrant: {}}
      """;

  static final String LIBVIRT =
      VIRTUALBOX
          .replace("name: virtualbox", "name: kvm")
          .replace("vmdk", "qcow2")
          .replace("vagrant: {}", "vagrant: {provider: libvirt}");

  private Manifests() {}
}
