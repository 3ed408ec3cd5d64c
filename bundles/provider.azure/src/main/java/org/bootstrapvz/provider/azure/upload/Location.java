/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.azure.upload;

import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.problem.BuildException;

/** Where disk and image are: a version has to be where its gallery is. */
final class Location {
  private Location() {}

  /** Returns the location of the gallery, of the manifest, or of the resource group. */
  static String of(Azure azure, Manifest manifest) throws BuildException {
    Destination destination = Destination.of(manifest);
    String chosen = manifest.at("provider.upload.location").text("");
    if (!destination.isGallery() && !chosen.isEmpty()) {
      return Destination.location(chosen);
    }
    String id =
        destination.isGallery()
            ? destination.galleryId(azure.subscription())
            : destination.groupId(azure.subscription());
    return Destination.location(
        azure
            .resources()
            .get(id)
            .orElseThrow(
                () ->
                    new BuildException(
                        "There is no "
                            + (destination.isGallery()
                                ? "gallery " + destination.gallery() + " in the resource group "
                                : "resource group ")
                            + destination.group()))
            .path("location")
            .asString(""));
  }
}
