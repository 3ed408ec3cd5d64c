/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.azure.upload;

import java.util.Map;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.cloud.ledger.Mark;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The bodies of the requests that create a disk and what is made of it. */
final class Requests {
  private static final String PROPERTIES = "properties";

  private Requests() {}

  /** Returns the generation of the machines that the image is for; it has to be one of them. */
  static String generation(Manifest manifest) {
    return manifest.firmware().uefi() ? "V2" : "V1";
  }

  /** Returns the architecture as Azure writes it. */
  static String architecture(Manifest manifest) {
    return manifest.architecture().equals("arm64") ? "Arm64" : "x64";
  }

  /** Returns the request for a disk to which a file of this size is uploaded. */
  static ObjectNode disk(Manifest manifest, Mark mark, String location, long size) {
    ObjectNode disk = resource(manifest, mark, location);
    disk.putObject("sku").put("name", "StandardSSD_LRS");
    ObjectNode properties = disk.putObject(PROPERTIES);
    properties.put("osType", "Linux").put("hyperVGeneration", generation(manifest));
    properties.putObject("creationData").put("createOption", "Upload").put("uploadSizeBytes", size);
    properties.putObject("supportedCapabilities").put("architecture", architecture(manifest));
    return disk;
  }

  /** Returns the request for the image or the version. */
  static ObjectNode image(
      Manifest manifest, Mark mark, String location, Destination destination, String disk) {
    ObjectNode image = resource(manifest, mark, location);
    ObjectNode properties = image.putObject(PROPERTIES);
    if (destination.isGallery()) {
      ArrayNode regions = properties.putObject("publishingProfile").putArray("targetRegions");
      destination
          .regions(location)
          .forEach(each -> regions.addObject().put("name", each).put("regionalReplicaCount", 1));
      properties
          .putObject("storageProfile")
          .putObject("osDiskImage")
          .putObject("source")
          .put("id", disk);
    } else {
      properties.put("hyperVGeneration", generation(manifest));
      ObjectNode osDisk = properties.putObject("storageProfile").putObject("osDisk");
      osDisk.put("osType", "Linux").put("osState", "Generalized");
      osDisk.putObject("managedDisk").put("id", disk);
    }
    return image;
  }

  private static ObjectNode resource(Manifest manifest, Mark mark, String location) {
    ObjectNode resource = JsonMapper.shared().createObjectNode();
    resource.put("location", location);
    resource.setAll(tags(manifest, mark));
    return resource;
  }

  /** Returns an object with the tags. */
  static ObjectNode tags(Manifest manifest, Mark mark) {
    ObjectNode resource = JsonMapper.shared().createObjectNode();
    ObjectNode tags = resource.putObject("tags");
    manifest
        .at("tags")
        .entries()
        .forEach((name, value) -> tags.put(name, manifest.expand(value.text())));
    for (Map.Entry<String, String> tag : mark.tags().entrySet()) {
      tags.put(tag.getKey(), tag.getValue());
    }
    return resource;
  }
}
