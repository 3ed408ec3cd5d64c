/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.minimize_size;

import java.util.Set;
import java.util.TreeSet;
import org.bootstrapvz.api.extension.Plugin;
import org.bootstrapvz.api.extension.PluginDefinition;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.task.TaskSet;
import org.bootstrapvz.common.dpkg.CreateDpkgCfg;
import org.bootstrapvz.plugin.minimize_size.apt.AptAutoremoveSuggests;
import org.bootstrapvz.plugin.minimize_size.apt.AptGzipIndexes;
import org.bootstrapvz.plugin.minimize_size.apt.AutomateAptClean;
import org.bootstrapvz.plugin.minimize_size.apt.FilterTranslationFiles;
import org.bootstrapvz.plugin.minimize_size.dpkg.ExcludeDocs;
import org.bootstrapvz.plugin.minimize_size.dpkg.FilterBaseSystem;
import org.bootstrapvz.plugin.minimize_size.dpkg.FilterLocales;
import org.bootstrapvz.plugin.minimize_size.shrink.ShrinkVolumeWithQemuImg;
import org.osgi.service.component.annotations.Component;

/** Makes the image smaller. */
@Component
@PluginDefinition(name = "minimize_size", description = "Makes the image smaller")
public final class MinimizeSizePlugin implements Plugin {
  private static final Set<String> SHRINKABLE = Set.of("raw", "qcow2", "vdi", "vmdk");

  @Override
  public void check(Manifest manifest, Problems problems) {
    ManifestValue shrink = manifest.at("plugins.minimize_size.shrink");
    if (!shrink.exists() || shrink.text().equals("false")) {
      return;
    }
    String backing = manifest.at("volume.backing").text("");
    if (shrink.text().equals("vmware-vdiskmanager") && !backing.equals("vmdk")) {
      problems.error(
          shrink, "vmware-vdiskmanager shrinks vmdk images only, not " + backing, "Write qemu-img");
    } else if (shrink.text().equals("vmware-vdiskmanager")) {
      problems.warning(
          shrink,
          "vmware-vdiskmanager is not in Debian; qemu-img leaves the empty parts of a vmdk out, too",
          "Write qemu-img");
    } else if (!SHRINKABLE.contains(backing)) {
      problems.error(
          shrink,
          "A " + backing + " cannot be shrunk",
          "Remove shrink, or set volume.backing to one of "
              + String.join(", ", new TreeSet<>(SHRINKABLE)));
    }
  }

  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    ManifestValue settings = manifest.at("plugins.minimize_size");
    String shrink = settings.get("shrink").text("false");
    if (manifest.at("volume.backing").text("").equals("qcow2")
        && (shrink.equals("true") || shrink.equals("qemu-img"))) {
      tasks.add(ShrinkVolumeWithQemuImg.class);
    }
    ManifestValue apt = settings.get("apt");
    if (apt.get("autoclean").isTrue(false)) {
      tasks.add(AutomateAptClean.class);
    }
    if (apt.get("languages").exists()) {
      tasks.add(FilterTranslationFiles.class);
    }
    if (apt.get("gzip_indexes").isTrue(false)) {
      tasks.add(AptGzipIndexes.class);
    }
    if (apt.get("autoremove_suggests").isTrue(false)) {
      tasks.add(AptAutoremoveSuggests.class);
    }
    ManifestValue dpkg = settings.get("dpkg");
    boolean excludeDocs = dpkg.get("exclude_docs").isTrue(false);
    if (excludeDocs) {
      tasks.add(ExcludeDocs.class);
    }
    if (dpkg.get("locales").exists()) {
      tasks.add(FilterLocales.class);
    }
    if (excludeDocs || dpkg.get("locales").exists()) {
      tasks.add(CreateDpkgCfg.class).add(FilterBaseSystem.class);
    }
  }
}
