/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import java.io.IOException;
import java.nio.file.Path;
import org.bootstrapvz.api.build.Build;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Copies the keyrings of {@code packages.trusted-keys} to where apt finds them. */
@Component
@TaskDefinition(description = "Installing trusted keys", phase = Phase.PACKAGE_INSTALLATION)
public final class InstallTrustedKeys implements Task {
  @Override
  public void run(Build build) throws IOException {
    for (ManifestValue key : build.manifest().at("packages.trusted-keys").items()) {
      Path file = build.manifest().resolve(key.text());
      build.root().copyIn(file, "etc/apt/trusted.gpg.d/" + file.getFileName(), 0644);
    }
  }
}
