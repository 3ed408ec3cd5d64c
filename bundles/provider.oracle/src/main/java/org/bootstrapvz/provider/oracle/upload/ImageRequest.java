/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.oracle.upload;

import java.util.Locale;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.Release;
import org.bootstrapvz.cloud.ledger.Mark;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The requests that create an image and change its tags. */
final class ImageRequest {
  private static final String PARAVIRTUALIZED = "PARAVIRTUALIZED";

  private ImageRequest() {}

  /** Returns the request that makes an image of an object. */
  static ObjectNode of(Manifest manifest, Mark mark, UploadedObject object) {
    ObjectNode image = tags(manifest, mark);
    image.put("compartmentId", manifest.at("provider.upload.compartment").text());
    image.put("displayName", manifest.name());
    if (manifest.firmware().bios()) {
      image.put("launchMode", PARAVIRTUALIZED);
    } else {
      // The mode above is for images that boot from a BIOS.
      image.put("launchMode", "CUSTOM");
      image
          .putObject("launchOptions")
          .put("firmware", "UEFI_64")
          .put("bootVolumeType", PARAVIRTUALIZED)
          .put("networkType", PARAVIRTUALIZED)
          .put("remoteDataVolumeType", PARAVIRTUALIZED);
    }
    int version = manifest.release().version();
    image
        .putObject("imageSourceDetails")
        .put("sourceType", "objectStorageTuple")
        .put("namespaceName", object.bucket().namespace())
        .put("bucketName", object.bucket().name())
        .put("objectName", object.name())
        .put("sourceImageType", manifest.imageFormat().name().toUpperCase(Locale.ROOT))
        .put("operatingSystem", "Debian")
        .put(
            "operatingSystemVersion",
            version > 0 && version < Release.SID
                ? String.valueOf(version)
                : manifest.release().codename());
    return image;
  }

  /** Returns an object with the tags. */
  static ObjectNode tags(Manifest manifest, Mark mark) {
    ObjectNode image = JsonMapper.shared().createObjectNode();
    ObjectNode tags = image.putObject("freeformTags");
    manifest
        .at("tags")
        .entries()
        .forEach((name, value) -> tags.put(name, manifest.expand(value.text())));
    mark.tags().forEach(tags::put);
    return image;
  }
}
