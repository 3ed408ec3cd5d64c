/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.ec2.internal;

import java.util.List;
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
import org.bootstrapvz.provider.ec2.packages.DefaultPackages;
import org.osgi.service.component.annotations.Component;

/** Images for EC2, the virtual machines of Amazon Web Services. */
@Component
@ProviderDefinition(name = "ec2", description = "Disk images for Amazon EC2")
public final class Ec2Provider implements Provider {
  private static final Bytes GIB = Bytes.parse("1GiB");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9()\\[\\] ./'@_-]{3,128}");

  /** Settings that only mean something when the image is uploaded and registered. */
  private static final List<String> UPLOAD =
      List.of("provider.upload", "provider.credentials", "provider.profile", "provider.kms_key_id");

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
    CloudImage.refuseUpload(manifest, "EC2", UPLOAD, problems);
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
    if (encrypted.isTrue(false)) {
      problems.error(
          encrypted,
          "EC2 encrypts the snapshot of an upload, which this version cannot do yet; the file that a"
              + " build delivers is not encrypted",
          "Remove it, and import the file with --encrypted");
    } else if (key.exists()) {
      problems.error(
          key, "A key is used for encrypted images only", "Set provider.encrypted to true");
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
  }
}
