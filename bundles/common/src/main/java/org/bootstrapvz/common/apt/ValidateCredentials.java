/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import java.util.List;
import org.bootstrapvz.api.host.HostCommand;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.packages.Credentials;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/**
 * Checks that the program that installs the base system can keep the password in the address of its
 * mirror secret.
 */
@Component
@TaskDefinition(
    description = "Validating that passwords of mirrors stay secret",
    phase = Phase.VALIDATION)
public final class ValidateCredentials implements Task {
  /** What is wrong without mmdebstrap, and the remedy. */
  public static final String PROBLEM =
      "debootstrap would show the password in the address of the mirror to every user of this host, in"
          + " its command line. Install mmdebstrap, which is then used instead, or set"
          + " bootstrapper.mirror to a mirror without a password";

  private static final HostCommand MMDEBSTRAP = new HostCommand("mmdebstrap", "mmdebstrap");

  /** Returns whether the manifest has a password for the mirror of the base system. */
  public static boolean isNeeded(Manifest manifest) {
    return address(manifest).isScalar() && Credentials.of(address(manifest).text()).isPresent();
  }

  private static ManifestValue address(Manifest manifest) {
    ManifestValue service = manifest.at("packages.snapshot");
    if (service.isMap() && service.get("mirror").exists()) {
      return service.get("mirror");
    }
    ManifestValue separate = MirrorSetting.BASE_SYSTEM.value(manifest);
    ManifestValue mirror = separate.exists() ? separate : MirrorSetting.DEBIAN.value(manifest);
    return mirror.isMap() ? mirror.get("url") : mirror;
  }

  @Override
  public void run(Build build) throws BuildException {
    if (!build.machine().missing(List.of(MMDEBSTRAP)).isEmpty()) {
      ManifestValue address = address(build.manifest());
      throw new BuildException(address.location() + ": " + address.path() + ": " + PROBLEM);
    }
  }
}
