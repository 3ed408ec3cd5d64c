/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.azure.upload;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bootstrapvz.api.manifest.Manifest;

/**
 * What an image becomes in Azure: a managed image, or a version in a gallery.
 *
 * @param gallery the name of the gallery; empty for a managed image
 * @param definition the name of the image definition in the gallery
 * @param version the name of the version, without leading zeros
 * @param regions to which a version is copied, besides its own
 */
public record Destination(
    String group,
    String name,
    String gallery,
    String definition,
    String version,
    List<String> regions) {
  private static final String UPLOAD = "provider.upload";

  /** Reads the settings of a manifest. */
  public static Destination of(Manifest manifest) {
    return new Destination(
        manifest.at(UPLOAD + ".resource_group").text(""),
        manifest.name(),
        manifest.at(UPLOAD + ".gallery").text(""),
        manifest.at(UPLOAD + ".definition").text(""),
        version(manifest.expand(manifest.at(UPLOAD + ".version").text(""))),
        manifest.at(UPLOAD + ".regions").texts().stream().map(Destination::location).toList());
  }

  /** Returns whether a manifest asks for an upload. */
  public static boolean isWanted(Manifest manifest) {
    return manifest.at(UPLOAD).exists();
  }

  /** The date of the build is a version after its zeros are removed. */
  private static String version(String text) {
    return Stream.of(text.split("\\."))
        .map(part -> part.replaceFirst("^0+(?=\\d)", ""))
        .collect(Collectors.joining("."));
  }

  /** Returns the name of a location: {@code West Europe} is a name for people. */
  static String location(String text) {
    return text.toLowerCase(Locale.ROOT).replace(" ", "");
  }

  /** Returns whether the image becomes a version in a gallery. */
  public boolean isGallery() {
    return !gallery.isEmpty();
  }

  /** Returns the id of the resource group. */
  String groupId(String subscription) {
    return groupId(subscription, group);
  }

  static String groupId(String subscription, String group) {
    return "/subscriptions/" + subscription + "/resourceGroups/" + group;
  }

  /** Returns the id of the gallery. */
  String galleryId(String subscription) {
    return groupId(subscription) + "/providers/Microsoft.Compute/galleries/" + gallery;
  }

  /** Returns the id of the image definition. */
  String definitionId(String subscription) {
    return galleryId(subscription) + "/images/" + definition;
  }

  /** Returns the id of the image or of the version. */
  String imageId(String subscription) {
    return isGallery()
        ? definitionId(subscription) + "/versions/" + version
        : groupId(subscription) + "/providers/Microsoft.Compute/images/" + name;
  }

  /** Returns the id of the disk that the image is made of. */
  static String diskId(String groupId, String nonce) {
    return groupId + "/providers/Microsoft.Compute/disks/bootstrap-vz-" + nonce;
  }

  /** Returns the locations of a version: that of its gallery, and those of the manifest. */
  List<String> regions(String location) {
    List<String> all = new ArrayList<>(List.of(location));
    regions.stream().filter(each -> !all.contains(each)).forEach(all::add);
    return all;
  }

  /** Returns the image for people. */
  @Override
  public String toString() {
    return isGallery()
        ? "version " + version + " of " + definition + " in the gallery " + gallery
        : "image " + name + " in the resource group " + group;
  }
}
