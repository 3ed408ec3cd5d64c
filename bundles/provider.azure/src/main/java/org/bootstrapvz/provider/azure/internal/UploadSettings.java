/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.azure.internal;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.provider.azure.upload.Destination;

/** Checks the settings of an upload, beyond the schema. */
final class UploadSettings {
  private static final String UPLOAD = "provider.upload.";

  /** Three numbers of 32 bits. */
  private static final String VERSION = "\\d{1,9}\\.\\d{1,9}\\.\\d{1,9}";

  private static final int MAX_TAGS = 40;
  private static final int MAX_TAG_VALUE = 256;
  private static final String TAG_NAME = "[^<>%&\\\\?/]{1,512}";

  /** The names of the marks of the ledger. */
  private static final String RESERVED = "bootstrap-vz-";

  private UploadSettings() {}

  static void check(Manifest manifest, Problems problems) {
    if (!Destination.isWanted(manifest)) {
      return;
    }
    ManifestValue gallery = manifest.at(UPLOAD + "gallery");
    if (gallery.exists()) {
      checkGallery(manifest, problems);
    } else {
      for (String name : List.of("definition", "version", "regions")) {
        ManifestValue setting = manifest.at(UPLOAD + name);
        if (setting.exists()) {
          problems.error(
              setting, "It is only used with a gallery", "Name one in " + UPLOAD + "gallery");
        }
      }
      if (manifest.architecture().equals("arm64")) {
        problems.error(
            manifest.at("provider.upload"),
            "An image for arm64 has to be in a gallery, since a managed image has no architecture",
            "Name a gallery in " + UPLOAD + "gallery");
      }
    }
    checkTags(manifest, problems);
  }

  private static void checkGallery(Manifest manifest, Problems problems) {
    for (String name : List.of("definition", "version")) {
      if (!manifest.at(UPLOAD + name).exists()) {
        problems.error(
            manifest.at(UPLOAD + "gallery"),
            "A gallery needs " + UPLOAD + name,
            name.equals("version")
                ? "Write, for example, \"{%Y}.{%m}.{%d}\""
                : "Name an image definition of the gallery: az sig image-definition list");
      }
    }
    ManifestValue location = manifest.at(UPLOAD + "location");
    if (location.exists()) {
      problems.error(
          location,
          "A version is in the location of its gallery",
          "Remove it, or name more locations in " + UPLOAD + "regions");
    }
    ManifestValue version = manifest.at(UPLOAD + "version");
    if (version.exists()) {
      try {
        String expanded = manifest.expand(version.text());
        if (!expanded.matches(VERSION)) {
          problems.error(
              version,
              "\"" + expanded + "\" is not a version in a gallery",
              "Write three numbers with dots, for example \"{%Y}.{%m}.{%d}\"");
        }
      } catch (IllegalArgumentException e) {
        problems.error(version, String.valueOf(e.getMessage()), "");
      }
    }
  }

  private static void checkTags(Manifest manifest, Problems problems) {
    Map<String, ManifestValue> tags = manifest.at("tags").entries();
    if (tags.size() > MAX_TAGS) {
      problems.error(
          manifest.at("tags"),
          "Azure has room for " + MAX_TAGS + " tags of a manifest",
          "Remove some");
    }
    tags.forEach((name, value) -> checkTag(name, value, manifest, problems));
  }

  private static void checkTag(
      String name, ManifestValue value, Manifest manifest, Problems problems) {
    if (name.toLowerCase(Locale.ROOT).startsWith(RESERVED)) {
      problems.error(
          value,
          "The build sets tags that start with " + RESERVED + " itself",
          "Choose another name");
    } else if (!name.matches(TAG_NAME)) {
      problems.error(
          value,
          "Azure does not accept this name of a tag",
          "Use up to 512 characters without < > % & \\ ? /");
    }
    try {
      if (manifest.expand(value.text()).length() > MAX_TAG_VALUE) {
        problems.error(value, "A value has at most " + MAX_TAG_VALUE + " characters", "Shorten it");
      }
    } catch (IllegalArgumentException e) {
      problems.error(value, String.valueOf(e.getMessage()), "");
    }
  }
}
