/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.root_password;

import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.api.value.Secret;
import org.osgi.service.component.annotations.Component;

/** Sets the password of root. */
@Component
@TaskDefinition(description = "Setting the root password", phase = Phase.SYSTEM_MODIFICATION)
public final class SetRootPassword implements Task {
  @Override
  public void run(Build build) throws BuildException {
    ManifestValue settings = build.manifest().at("plugins.root_password");
    ManifestValue crypted = settings.get("password-crypted");
    Secret secret = crypted.exists() ? crypted.secret() : settings.get("password").secret();
    Command chpasswd = Command.of("chpasswd");
    build
        .root()
        .run(
            (crypted.exists() ? chpasswd.with("--encrypted") : chpasswd)
                .input(Secret.of("root:" + secret.reveal() + "\n")));
  }
}
