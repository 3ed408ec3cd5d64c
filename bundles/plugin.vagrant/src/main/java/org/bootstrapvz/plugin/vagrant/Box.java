/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.vagrant;

import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.common.ovf.MacAddress;

/** The text files in a box. */
final class Box {
  private static final Bytes GIBIBYTE = Bytes.mebibytes(1024);

  private Box() {}

  /** The metadata of a box for VirtualBox. */
  static String metadata() {
    return "{\"provider\": \"virtualbox\"}\n";
  }

  /** The metadata of a box for libvirt, with its size in whole GiB. */
  static String metadata(Bytes capacity) {
    return String.format(
        "{\"provider\": \"libvirt\", \"format\": \"qcow2\", \"virtual_size\": %d}\n",
        capacity.roundedUpTo(GIBIBYTE).dividedBy(GIBIBYTE));
  }

  /**
   * The Vagrantfile of a box for VirtualBox.
   *
   * @param sharing whether the machine has guest additions, which it needs to share directories
   */
  static String vagrantfile(MacAddress mac, boolean sharing) {
    String rsync =
        "  # Without guest additions VirtualBox shares no folders.\n"
            + "  config.vm.synced_folder \".\", \"/vagrant\", type: \"rsync\"\n";
    return """
        Vagrant.configure("2") do |config|
          # The network card the system in the box has seen first.
          config.vm.base_mac = "@MAC@"
        @RSYNC@end
        """
        .replace("@MAC@", mac.text())
        .replace("@RSYNC@", sharing ? "" : rsync);
  }

  /** The Vagrantfile of a box for libvirt. */
  static String vagrantfile() {
    return """
        Vagrant.configure("2") do |config|
          config.vm.provider :libvirt do |libvirt|
            libvirt.driver = "kvm"
          end
        end
        """;
  }
}
