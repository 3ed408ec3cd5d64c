/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import java.io.IOException;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Copies the keyrings of {@code packages.trusted-keys} to where apt in the image finds them. */
@Component
@TaskDefinition(description = "Installing trusted keys", phase = Phase.PACKAGE_INSTALLATION)
public final class InstallTrustedKeys implements Task {
  @Override
  public void run(Build build) throws IOException {
    Manifest manifest = build.manifest();
    for (String key : manifest.at("packages.trusted-keys").texts()) {
      build.root().copyIn(manifest.resolve(key), TrustedKeys.path(manifest, key), 0644);
    }
  }
}
