/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/**
 * Copies the keys of {@code packages.trusted-keys}, and those of {@code signed-by} that are files
 * of the host, to where apt in the image finds them. The base system is verified with them, too.
 */
@Component
@TaskDefinition(
    description = "Installing trusted keys",
    phase = Phase.OS_INSTALLATION,
    requires = Root.class)
public final class InstallTrustedKeys implements Task {
  /** The directories of the keys. */
  public static final List<String> FOLDERS = List.of("etc/apt/keyrings", "etc/apt/trusted.gpg.d");

  /** Returns whether the manifest names keys. */
  public static boolean isNeeded(Manifest manifest) {
    return manifest.at("packages.trusted-keys").exists()
        || !TrustedKeys.signing(manifest).isEmpty();
  }

  @Override
  public void run(Build build) throws IOException {
    for (Map.Entry<String, Path> key : TrustedKeys.copies(build.manifest()).entrySet()) {
      build.root().copyIn(key.getValue(), key.getKey(), 0644);
    }
  }
}
