/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.ec2.connection;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.volume.Firmware;

/** The parameters of the request that registers an image. */
public final class Registration {
  private static final Map<String, String> ARCHITECTURES =
      Map.of("amd64", "x86_64", "arm64", "arm64", "i386", "i386");

  /** The name that Debian's own images give the root device. Instances of today do not see it. */
  private static final String ROOT = "/dev/xvda";

  private Registration() {}

  /**
   * Returns them.
   *
   * @param nonce of the image in the journal
   */
  public static Map<String, String> parameters(Manifest manifest, String snapshot, String nonce) {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("Name", manifest.name());
    String description = Upload.description(manifest);
    if (!description.isEmpty()) {
      parameters.put("Description", description);
    }
    parameters.put("Architecture", ARCHITECTURES.getOrDefault(manifest.architecture(), ""));
    parameters.put("VirtualizationType", "hvm");
    parameters.put("BootMode", bootMode(manifest.firmware()));
    parameters.put("EnaSupport", "true");
    parameters.put("SriovNetSupport", "simple");
    parameters.put("ImdsSupport", "v2.0");
    parameters.put("RootDeviceName", ROOT);
    parameters.put("BlockDeviceMapping.1.DeviceName", ROOT);
    parameters.put("BlockDeviceMapping.1.Ebs.SnapshotId", snapshot);
    parameters.put("BlockDeviceMapping.1.Ebs.VolumeType", "gp3");
    parameters.put("BlockDeviceMapping.1.Ebs.DeleteOnTermination", "true");
    parameters.put("TagSpecification.1.ResourceType", "image");
    List<Map.Entry<String, String>> tags = List.copyOf(Upload.tags(manifest, nonce).entrySet());
    for (int i = 0; i < tags.size(); i++) {
      String tag = "TagSpecification.1.Tag." + (i + 1);
      parameters.put(tag + ".Key", tags.get(i).getKey());
      parameters.put(tag + ".Value", tags.get(i).getValue());
    }
    return parameters;
  }

  private static String bootMode(Firmware firmware) {
    return switch (firmware) {
      case BIOS -> "legacy-bios";
      case UEFI -> "uefi";
      case HYBRID -> "uefi-preferred";
    };
  }
}
