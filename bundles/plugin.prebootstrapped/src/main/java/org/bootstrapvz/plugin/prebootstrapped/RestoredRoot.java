/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.prebootstrapped;

import java.io.IOException;
import java.util.List;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.common.apt.Bootstrapped;
import org.bootstrapvz.common.network.HostResolver;

/** A root that was filled from a copy. */
final class RestoredRoot {
  private RestoredRoot() {}

  /**
   * Prepares it for the tasks that follow: checks that it matches the manifest, and updates its
   * resolver configuration to that of the host.
   */
  static void complete(Build build, ManifestValue copy) throws BuildException, IOException {
    Manifest manifest = build.manifest();
    String wanted = manifest.programArchitecture().text();
    String architecture = build.root().run(Command.of("dpkg", "--print-architecture")).text();
    refuseOther(copy, "architecture", architecture, wanted);
    // Releases in development have no VERSION_CODENAME of their own.
    for (String line : build.root().read("etc/os-release").split("\n")) {
      if (line.startsWith("VERSION_CODENAME=")) {
        String codename = line.substring("VERSION_CODENAME=".length());
        refuseOther(copy, "release", codename, manifest.release().codename());
      }
    }
    HostResolver.copyTo(build.root());
    build.provide(Bootstrapped.class, new Bootstrapped(List.of(), true));
  }

  private static void refuseOther(ManifestValue copy, String what, String there, String wanted)
      throws BuildException {
    if (!there.equals(wanted)) {
      throw new BuildException(
          copy.location()
              + ": "
              + copy.path()
              + ": the copy is of the "
              + what
              + " "
              + there
              + ", and the image is to have "
              + wanted
              + ". Name the copy of another build, or omit it");
    }
  }
}
