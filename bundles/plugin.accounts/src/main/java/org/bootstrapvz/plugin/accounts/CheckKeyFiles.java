/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.accounts;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.ssh.PublicKeys;
import org.osgi.service.component.annotations.Component;

/** Checks that the files contain public keys in the format of sshd. */
@Component
@TaskDefinition(description = "Checking the public keys of users", phase = Phase.VALIDATION)
public final class CheckKeyFiles implements Task {
  @Override
  public void run(Build build) throws BuildException, IOException {
    List<String> wrong = new ArrayList<>();
    for (ManifestValue user : AccountsPlugin.users(build.manifest())) {
      for (ManifestValue file : user.get("key_files").items()) {
        PublicKeys.problem(build.manifest().resolve(file))
            .ifPresent(problem -> wrong.add(file.location() + ": " + file.path() + ": " + problem));
      }
    }
    if (!wrong.isEmpty()) {
      throw new BuildException(String.join("\n", wrong));
    }
  }
}
