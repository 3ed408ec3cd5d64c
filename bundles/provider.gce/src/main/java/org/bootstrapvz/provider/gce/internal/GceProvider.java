/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.gce.internal;

import java.util.List;
import java.util.Locale;
import java.util.Map;
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
import org.bootstrapvz.provider.gce.packages.DefaultPackages;
import org.osgi.service.component.annotations.Component;

/** Images for Google Compute Engine. */
@Component
@ProviderDefinition(name = "gce", description = "Disk images for Google Compute Engine")
public final class GceProvider implements Provider {
  private static final Bytes GIB = Bytes.parse("1GiB");
  private static final Pattern NAME = Pattern.compile("[a-z]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern LABEL_KEY = Pattern.compile("[a-z][a-z0-9_-]{0,62}");
  private static final Pattern LABEL_VALUE = Pattern.compile("[a-z0-9_-]{0,63}");
  private static final List<String> UPLOAD =
      List.of("provider.upload", "provider.gcs_destination", "provider.gce_project");

  /** Names as Google writes them: as in the original, in lower case and with dashes for dots. */
  private static String imageName(String name) {
    return name.toLowerCase(Locale.ROOT).replace('.', '-');
  }

  @Override
  public void check(Manifest manifest, Problems problems) {
    StandardTasks.check(manifest, problems);
    CloudImage.checkGrain(manifest, GIB, "a disk of Google Compute Engine", problems);
    CloudImage.checkName(
        imageName(manifest.name()),
        NAME,
        manifest,
        "Google allows up to 63 lower-case letters, digits and dashes; the first is a letter, and"
            + " the last is not a dash",
        problems);
    checkLabels(manifest, problems);
    CloudImage.refuseUpload(manifest, "Google Compute Engine", UPLOAD, problems);
  }

  private static void checkLabels(Manifest manifest, Problems problems) {
    Map<String, ManifestValue> labels = manifest.at("provider.labels").entries();
    for (Map.Entry<String, ManifestValue> label : labels.entrySet()) {
      if (!LABEL_KEY.matcher(label.getKey()).matches()
          || !LABEL_VALUE.matcher(manifest.expand(label.getValue().text())).matches()) {
        problems.error(
            label.getValue(),
            "Google does not accept this label",
            "Use up to 63 lower-case letters, digits, dashes and underscores for key and value; the"
                + " key starts with a letter");
      }
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
  }
}
