/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.oracle.internal;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.bootstrapvz.api.extension.Provider;
import org.bootstrapvz.api.extension.ProviderDefinition;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.task.TaskSet;
import org.bootstrapvz.common.StandardTasks;
import org.bootstrapvz.common.cloud.CloudImage;
import org.bootstrapvz.common.cloud.ConfigureCloudInit;
import org.bootstrapvz.common.ssh.DisableRootLogin;
import org.bootstrapvz.provider.oracle.packages.DefaultPackages;
import org.bootstrapvz.provider.oracle.upload.CheckCloud;
import org.bootstrapvz.provider.oracle.upload.RegisterImage;
import org.bootstrapvz.provider.oracle.upload.UploadImage;
import org.osgi.service.component.annotations.Component;

/** Images for Oracle Cloud Infrastructure. */
@Component
@ProviderDefinition(name = "oracle", description = "Disk images for Oracle Cloud Infrastructure")
public final class OracleProvider implements Provider {
  /** Settings of Oracle Compute Classic. */
  private static final List<String> CLASSIC =
      List.of("provider.credentials", "provider.container", "provider.verify");

  /** The ledger uses four of the ten that Oracle has room for. */
  private static final int MAX_TAGS = 6;

  private static final int MAX_TAG_VALUE = 256;
  private static final Pattern TAG = Pattern.compile("[^\\s.]{1,100}");

  /** The names of the marks of the ledger. */
  private static final String RESERVED = "bootstrap-vz-";

  /** A display name of 1 to 255 characters. */
  private static final Pattern NAME = Pattern.compile("\\P{Cntrl}{1,255}");

  @Override
  public void check(Manifest manifest, Problems problems) {
    StandardTasks.check(manifest, problems);
    CloudImage.checkName(
        manifest.name(), NAME, manifest, "Oracle allows 1 to 255 characters", problems);
    for (String path : CLASSIC) {
      ManifestValue setting = manifest.at(path);
      if (setting.exists()) {
        problems.error(
            setting,
            "It belongs to Oracle Compute Classic, which no longer exists",
            "Remove it; \"bootstrap-vz migrate\" does it");
      }
    }
    ManifestValue backing = manifest.at("volume.backing");
    if (backing.text().equals("raw")) {
      String message = "Oracle Cloud Infrastructure imports qcow2 and vmdk, but no raw image";
      if (UploadImage.isWanted(manifest)) {
        problems.error(backing, message, "Write qcow2");
      } else {
        problems.warning(backing, message, "Write qcow2");
      }
    }
    if (UploadImage.isWanted(manifest)) {
      checkUpload(manifest, problems);
    }
  }

  private static void checkUpload(Manifest manifest, Problems problems) {
    if (manifest.architecture().equals("arm64")) {
      problems.error(
          manifest.at("provider.upload"),
          "This version cannot upload an image for arm64 to Oracle Cloud Infrastructure yet",
          "Remove it: the build then delivers the image as a file, which the console of Oracle imports");
    }
    Map<String, ManifestValue> tags = manifest.at("tags").entries();
    if (tags.size() > MAX_TAGS) {
      problems.error(
          manifest.at("tags"),
          "Oracle has room for " + MAX_TAGS + " tags of a manifest",
          "Remove some");
    }
    tags.forEach((name, value) -> checkTag(name, value, manifest, problems));
  }

  private static void checkTag(
      String name, ManifestValue value, Manifest manifest, Problems problems) {
    if (name.startsWith(RESERVED)) {
      problems.error(
          value,
          "The build sets tags that start with " + RESERVED + " itself",
          "Choose another name");
    } else if (!TAG.matcher(name).matches()) {
      problems.error(
          value,
          "Oracle does not accept this name of a tag",
          "Use up to 100 characters without blanks and dots");
    }
    try {
      if (manifest.expand(value.text()).length() > MAX_TAG_VALUE) {
        problems.error(value, "A value has at most " + MAX_TAG_VALUE + " characters", "Shorten it");
      }
    } catch (IllegalArgumentException e) {
      problems.error(value, String.valueOf(e.getMessage()), "");
    }
  }

  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    CloudImage.addTo(tasks, manifest);
    tasks.add(DefaultPackages.class).add(ConfigureCloudInit.class).add(DisableRootLogin.class);
    if (UploadImage.isWanted(manifest)) {
      tasks.add(CheckCloud.class).add(UploadImage.class).add(RegisterImage.class);
    }
  }
}
