/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.gce.internal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bootstrapvz.api.extension.Provider;
import org.bootstrapvz.api.extension.ProviderDefinition;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.task.TaskSet;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.common.StandardTasks;
import org.bootstrapvz.common.apt.AddBackports;
import org.bootstrapvz.common.cloud.CloudImage;
import org.bootstrapvz.common.cloud.ConfigureCloudInit;
import org.bootstrapvz.common.image.PackTarball;
import org.bootstrapvz.common.ssh.DisableRootLogin;
import org.bootstrapvz.provider.gce.boot.ConfigureGrub;
import org.bootstrapvz.provider.gce.image.CheckCloud;
import org.bootstrapvz.provider.gce.image.Destination;
import org.bootstrapvz.provider.gce.image.ImageName;
import org.bootstrapvz.provider.gce.image.RegisterImage;
import org.bootstrapvz.provider.gce.image.UploadImage;
import org.bootstrapvz.provider.gce.packages.DefaultPackages;
import org.osgi.service.component.annotations.Component;

/** Images for Google Compute Engine. */
@Component
@ProviderDefinition(name = "gce", description = "Disk images for Google Compute Engine")
public final class GceProvider implements Provider {
  private static final Bytes GIB = Bytes.parse("1GiB");
  private static final Pattern LABEL_KEY = Pattern.compile("[a-z][a-z0-9_-]{0,62}");
  private static final Pattern LABEL_VALUE = Pattern.compile("[a-z0-9_-]{0,63}");
  private static final Pattern PROJECT =
      Pattern.compile("([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]");

  private static final String DESTINATION = "provider.gcs_destination";

  /** The names of the marks of the ledger. */
  private static final String RESERVED = "bootstrap-vz-";

  @Override
  public void check(Manifest manifest, Problems problems) {
    StandardTasks.check(manifest, problems);
    CloudImage.checkGrain(manifest, GIB, "a disk of Google Compute Engine", problems);
    CloudImage.checkName(
        ImageName.of(manifest),
        ImageName.PATTERN,
        manifest,
        "Google allows up to 63 lower-case letters, digits and dashes; the first is a letter, and"
            + " the last is not a dash",
        problems);
    checkLabels(manifest, problems);
    checkUpload(manifest, problems);
  }

  private static void checkLabels(Manifest manifest, Problems problems) {
    Map<String, ManifestValue> labels = manifest.at("provider.labels").entries();
    for (Map.Entry<String, ManifestValue> label : labels.entrySet()) {
      Optional<String> value = expanded(label.getValue(), manifest, problems);
      if (label.getKey().startsWith(RESERVED)) {
        problems.error(
            label.getValue(),
            "The build sets labels that start with " + RESERVED + " itself",
            "Choose another name");
      } else if (!LABEL_KEY.matcher(label.getKey()).matches()
          || value.isPresent() && !LABEL_VALUE.matcher(value.get()).matches()) {
        problems.error(
            label.getValue(),
            "Google does not accept this label",
            "Use up to 63 lower-case letters, digits, dashes and underscores for key and value; the"
                + " key starts with a letter");
      }
    }
  }

  /** Returns the text with its variables expanded; empty if it has an unknown one. */
  private static Optional<String> expanded(
      ManifestValue value, Manifest manifest, Problems problems) {
    try {
      return Optional.of(manifest.expand(value.text("")));
    } catch (IllegalArgumentException e) {
      problems.error(value, String.valueOf(e.getMessage()), "");
      return Optional.empty();
    }
  }

  private static void checkUpload(Manifest manifest, Problems problems) {
    ManifestValue destination = manifest.at(DESTINATION);
    ManifestValue project = manifest.at("provider.gce_project");
    ManifestValue family = manifest.at("provider.upload.family");
    if (destination.exists() && Destination.of(destination.text()).isEmpty()) {
      problems.error(
          destination,
          "\"" + destination.text() + "\" is not a place in Cloud Storage",
          "Write gs://BUCKET/ or gs://BUCKET/PREFIX/, with the name of a bucket in lower case, and a"
              + " prefix of letters, digits and . _ ~ = / -");
    }
    for (ManifestValue setting : List.of(project, manifest.at("provider.upload"))) {
      if (setting.exists() && !destination.exists()) {
        problems.error(
            setting,
            "It is only used with " + DESTINATION,
            "Name a bucket for the archive there: gs://BUCKET/");
      }
    }
    if (project.exists() && !PROJECT.matcher(project.text()).matches()) {
      problems.error(
          project,
          "\"" + project.text() + "\" is not the id of a project",
          "An id has 6 to 30 lower-case letters, digits and dashes: gcloud projects list");
    }
    if (!family.exists()) {
      return;
    }
    Optional<String> name = expanded(family, manifest, problems);
    if (name.isPresent() && !ImageName.PATTERN.matcher(name.get()).matches()) {
      problems.error(
          family,
          "\"" + name.get() + "\" is not the name of a family of images",
          "Use up to 63 lower-case letters, digits and dashes; the first is a letter, and the last"
              + " is not a dash");
    }
    if (!project.exists()) {
      problems.error(
          family,
          "A family needs an image, which is made only with provider.gce_project",
          "Name the project there");
    }
  }

  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    CloudImage.addTo(tasks, manifest);
    CloudImage.usePcSerialPort(tasks, manifest);
    tasks
        .add(AddBackports.class)
        .add(DefaultPackages.class)
        .add(ConfigureGrub.class)
        .add(DisableRootLogin.class)
        .add(PackTarball.class);
    if (manifest.at("plugins.cloud_init").exists()) {
      tasks.add(ConfigureCloudInit.class);
    }
    if (manifest.at(DESTINATION).exists()) {
      tasks.add(CheckCloud.class).add(UploadImage.class);
      if (RegisterImage.isWanted(manifest)) {
        tasks.add(RegisterImage.class);
      }
    }
  }
}
