/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.grub;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.packages.LocalPackage;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.apt.AptUpgrade;
import org.bootstrapvz.common.apt.Bootstrapped;
import org.bootstrapvz.common.packages.InstallPackages;
import org.osgi.service.component.annotations.Component;

/**
 * Adds a package to the image that writes each later version of GRUB to where the firmware reads
 * it. Debian's own packages cannot: grub-pc does so only on disks whose names are known when it is
 * installed, and no package does so for UEFI if grub-pc is installed, too. Their questions are
 * answered in advance.
 */
@Component
@TaskDefinition(
    description = "Adding the package that keeps GRUB up to date",
    phase = Phase.PACKAGE_INSTALLATION,
    predecessors = AptUpgrade.class,
    successors = InstallPackages.class,
    before = "org.bootstrapvz.plugin.debconf.DebconfSetSelections",
    requires = Bootstrapped.class,
    provides = LocalPackage.class)
public final class AddGrubUpdates implements Task {
  private static final String FOLDER = "/tmp/bootstrap-vz-grub";
  private static final String CONTROL = FOLDER + "/DEBIAN/";
  private static final String PACKAGE = FOLDER + ".deb";

  /** In seconds since 1970, before any build, so that each build makes the same package. */
  private static final String TIME = "1767225600";

  /** Answers for grub-pc, and for the packages with GRUB for UEFI, which share their questions. */
  private static final String ANSWERS =
      """
      grub-pc grub-pc/install_devices multiselect
      grub-pc grub-pc/install_devices_empty boolean true
      grub-pc grub2/update_nvram boolean false
      grub-pc grub2/force_efi_extra_removable boolean true
      """;

  @Override
  public void run(Build build) throws BuildException, IOException {
    Root root = build.root();
    root.run(Command.of("debconf-set-selections").input(ANSWERS));
    root.makeDirectory(FOLDER, 0755);
    root.makeDirectory(FOLDER + "/DEBIAN", 0755);
    root.write(CONTROL + "control", resource("control"), 0644);
    root.write(CONTROL + "triggers", resource("triggers"), 0644);
    root.write(CONTROL + "postinst", resource("postinst"), 0755);
    root.run(
        Command.of("dpkg-deb", "--root-owner-group", "--build", FOLDER, PACKAGE)
            .env("SOURCE_DATE_EPOCH", TIME));
    root.delete(FOLDER);
    build.provide(LocalPackage.class, new LocalPackage(root.resolve(PACKAGE)));
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = AddGrubUpdates.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
