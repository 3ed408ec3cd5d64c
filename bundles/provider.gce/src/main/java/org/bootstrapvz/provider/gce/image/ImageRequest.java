/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.gce.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.cloud.ledger.Mark;
import org.bootstrapvz.common.cloud.CloudImage;
import org.bootstrapvz.common.kernel.KernelFlavour;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The request that creates an image in Compute Engine. */
final class ImageRequest {
  private static final Map<String, String> ARCHITECTURES =
      Map.of("amd64", "X86_64", "arm64", "ARM64");

  private static final int BOOKWORM = 12;

  private ImageRequest() {}

  /** Returns the body of the request that creates the image. */
  static ObjectNode of(Manifest manifest, Mark mark, UploadedArchive archive) {
    ObjectNode image = JsonMapper.shared().createObjectNode();
    image.put("name", ImageName.of(manifest));
    String description = manifest.expand(manifest.at("provider.description").text(""));
    if (!description.isEmpty()) {
      image.put("description", description);
    }
    String family = manifest.expand(manifest.at("provider.upload.family").text(""));
    if (!family.isEmpty()) {
      image.put("family", family);
    }
    String architecture = ARCHITECTURES.get(manifest.architecture());
    if (architecture != null) {
      image.put("architecture", architecture);
    }
    ObjectNode labels = image.putObject("labels");
    manifest
        .at("provider.labels")
        .entries()
        .forEach((key, value) -> labels.put(key, manifest.expand(value.text())));
    mark.tags().forEach((key, value) -> labels.put(key, ImageName.label(value)));
    ArrayNode features = image.putArray("guestOsFeatures");
    features(manifest).forEach(each -> features.addObject().put("type", each));
    image
        .putObject("rawDisk")
        .put("containerType", "TAR")
        .put("source", "https://storage.googleapis.com/" + archive.bucket() + "/" + archive.name());
    return image;
  }

  /** Returns the features of machines that the image supports. */
  private static List<String> features(Manifest manifest) {
    List<String> features = new ArrayList<>(List.of("VIRTIO_SCSI_MULTIQUEUE"));
    if (manifest.firmware().uefi()) {
      features.add("UEFI_COMPATIBLE");
    }
    // The driver gve is in the kernel for clouds of this release.
    if (manifest.release().atLeast(BOOKWORM)
        && CloudImage.kernel(manifest) == KernelFlavour.CLOUD) {
      features.add("GVNIC");
    }
    return features;
  }
}
