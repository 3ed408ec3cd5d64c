/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.admin_user;

import java.io.IOException;
import java.util.Optional;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.ssh.PublicKeys;
import org.osgi.service.component.annotations.Component;

/** Checks that the file contains public keys in the format of sshd. */
@Component
@TaskDefinition(description = "Checking the public key of the admin user", phase = Phase.VALIDATION)
public final class CheckPublicKeyFile implements Task {
  @Override
  public void run(Build build) throws BuildException, IOException {
    ManifestValue setting = build.manifest().at("plugins.admin_user.pubkey");
    Optional<String> problem = PublicKeys.problem(build.manifest().resolve(setting));
    if (problem.isPresent()) {
      throw new BuildException(setting.location() + ": " + setting.path() + ": " + problem.get());
    }
  }
}
