/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.ec2.internal;

import java.util.Map;
import java.util.regex.Pattern;
import org.bootstrapvz.api.extension.Provider;
import org.bootstrapvz.api.extension.ProviderDefinition;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.manifest.Release;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.task.TaskSet;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.common.StandardTasks;
import org.bootstrapvz.common.apt.AddBackports;
import org.bootstrapvz.common.boot.DisableGetTTYs;
import org.bootstrapvz.common.cloud.CloudImage;
import org.bootstrapvz.common.cloud.ConfigureCloudInit;
import org.bootstrapvz.provider.ec2.ami.RefuseParavirtual;
import org.bootstrapvz.provider.ec2.ami.RegisterAMI;
import org.bootstrapvz.provider.ec2.connection.Connect;
import org.bootstrapvz.provider.ec2.connection.Upload;
import org.bootstrapvz.provider.ec2.ebs.Snapshot;
import org.bootstrapvz.provider.ec2.packages.DefaultPackages;
import org.osgi.service.component.annotations.Component;

/** Images for EC2, the virtual machines of Amazon Web Services. */
@Component
@ProviderDefinition(name = "ec2", description = "Disk images for Amazon EC2")
public final class Ec2Provider implements Provider {
  private static final Bytes GIB = Bytes.parse("1GiB");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9()\\[\\] ./'@_-]{3,128}");

  private static final int MAX_DESCRIPTION = 255;
  private static final int MAX_TAG_NAME = 128;
  private static final int MAX_TAG_VALUE = 256;

  /** EC2 allows 50; five are those of the build. */
  private static final int MAX_TAGS = 45;

  private static final int JESSIE = 8;
  private static final int STRETCH = 9;

  private static boolean isParavirtual(Manifest manifest) {
    return manifest.at("provider.virtualization").text("hvm").equals("pvm");
  }

  @Override
  public void check(Manifest manifest, Problems problems) {
    StandardTasks.check(manifest, problems);
    CloudImage.checkGrain(manifest, GIB, "a volume of EC2", problems);
    CloudImage.checkName(
        manifest.name(),
        NAME,
        manifest,
        "EC2 allows 3 to 128 letters, digits, blanks and ( ) [ ] . / - ' @ _",
        problems);
    if (isParavirtual(manifest)) {
      checkParavirtual(manifest, problems);
    } else {
      checkHardware(manifest, problems);
    }
    checkEncryption(manifest, problems);
    checkDrivers(manifest, problems);
    checkCredentials(manifest, problems);
    checkTexts(manifest, problems);
  }

  private static void checkParavirtual(Manifest manifest, Problems problems) {
    ManifestValue virtualization = manifest.at("provider.virtualization");
    problems.warning(
        virtualization,
        RefuseParavirtual.REASON + ", so a build of this manifest is refused",
        RefuseParavirtual.REMEDY);
    if (!manifest.bootloader().name().equals("pvgrub")) {
      problems.error(
          manifest.at("system.bootloader"),
          "Only pvgrub starts a paravirtual machine",
          "Set provider.virtualization to hvm to use " + manifest.bootloader());
    }
    if (manifest.at("volume.backing").text().equals("s3")
        && !manifest.at("volume.partitions.type").text().equals("none")) {
      problems.error(
          manifest.at("volume.partitions.type"),
          "The volume of a paravirtual machine on s3 has no partition table",
          "Write none, or set volume.backing to ebs");
    }
  }

  private static void checkHardware(Manifest manifest, Problems problems) {
    ManifestValue backing = manifest.at("volume.backing");
    if (backing.text().equals("s3")) {
      problems.error(
          backing,
          "This version cannot upload an image through S3 yet",
          "Write ebs: the build then delivers the image as a file, which you import");
    }
  }

  private static void checkEncryption(Manifest manifest, Problems problems) {
    ManifestValue encrypted = manifest.at("provider.encrypted");
    ManifestValue key = manifest.at("provider.kms_key_id");
    if (encrypted.isTrue(false) && !Upload.isWanted(manifest)) {
      problems.error(
          encrypted,
          "EC2 encrypts the snapshot of an upload; the file that a build delivers is not encrypted",
          "Add provider.upload: {}, or remove it and import the file with --encrypted");
    }
    if (!key.exists()) {
      return;
    }
    if (!encrypted.isTrue(false)) {
      problems.error(
          key, "A key is used for encrypted images only", "Set provider.encrypted to true");
    } else if (!key.text().matches("arn:[^:]+:kms:[^:]+:\\d+:key/.+")) {
      problems.error(
          key,
          "\"" + key.text() + "\" is not the ARN of a key",
          "Write arn:aws:kms:REGION:ACCOUNT:key/ID");
    }
  }

  private static void checkCredentials(Manifest manifest, Problems problems) {
    ManifestValue access = manifest.at("provider.credentials.access-key");
    ManifestValue secret = manifest.at("provider.credentials.secret-key");
    if (access.exists() != secret.exists()) {
      problems.error(
          manifest.at("provider.credentials"),
          "A key has access-key and secret-key; one of them is missing",
          "Write both, or none to use those of the environment");
    }
    if (access.exists() && manifest.at("provider.profile").exists()) {
      problems.error(
          manifest.at("provider.profile"),
          "A profile is not used together with provider.credentials",
          "Remove one of them");
    }
  }

  private static void checkTexts(Manifest manifest, Problems problems) {
    if (!Upload.isWanted(manifest)) {
      return;
    }
    try {
      if (Upload.description(manifest).length() > MAX_DESCRIPTION) {
        problems.error(
            manifest.at("provider.description"),
            "EC2 allows " + MAX_DESCRIPTION + " characters",
            "Shorten it");
      }
    } catch (IllegalArgumentException e) {
      problems.error(manifest.at("provider.description"), String.valueOf(e.getMessage()), "");
    }
    Map<String, ManifestValue> tags = manifest.at("tags").entries();
    if (tags.size() > MAX_TAGS) {
      problems.error(
          manifest.at("tags"),
          "EC2 has room for " + MAX_TAGS + " tags of a manifest",
          "Remove some");
    }
    tags.forEach((name, value) -> checkTag(name, value, manifest, problems));
  }

  private static void checkTag(
      String name, ManifestValue value, Manifest manifest, Problems problems) {
    if (name.startsWith("aws:") || name.startsWith("bootstrap-vz-")) {
      problems.error(value, "Names that start with aws: or bootstrap-vz- are reserved", "");
    } else if (name.length() > MAX_TAG_NAME) {
      problems.error(value, "A name has at most " + MAX_TAG_NAME + " characters", "");
    }
    try {
      if (manifest.expand(value.text()).length() > MAX_TAG_VALUE) {
        problems.error(value, "A value has at most " + MAX_TAG_VALUE + " characters", "");
      }
    } catch (IllegalArgumentException e) {
      problems.error(value, String.valueOf(e.getMessage()), "");
    }
  }

  private static void checkDrivers(Manifest manifest, Problems problems) {
    ManifestValue networking = manifest.at("provider.enhanced_networking");
    if (networking.text("none").equals("simple") && isParavirtual(manifest)) {
      problems.error(
          networking,
          "Only hardware virtual machines have enhanced networking",
          "Set provider.virtualization to hvm");
    }
    ManifestValue version = manifest.at("provider.amzn-driver-version");
    if (version.exists()) {
      problems.warning(
          version, "It has no effect: the driver is in Debian's kernel since buster", "Remove it");
    }
  }

  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    CloudImage.addTo(tasks, manifest);
    CloudImage.usePcSerialPort(tasks, manifest);
    tasks.add(DefaultPackages.class).add(DisableGetTTYs.class);
    if (DefaultPackages.usesCloudInit(manifest)) {
      tasks.add(ConfigureCloudInit.class);
    }
    Release release = manifest.release();
    if (release.atLeast(JESSIE) && !release.atLeast(STRETCH + 1)) {
      tasks.add(AddBackports.class);
    }
    if (isParavirtual(manifest)) {
      tasks.add(RefuseParavirtual.class);
    }
    if (Upload.isWanted(manifest)) {
      tasks.add(Connect.class).add(Snapshot.class).add(RegisterAMI.class);
    }
  }
}
