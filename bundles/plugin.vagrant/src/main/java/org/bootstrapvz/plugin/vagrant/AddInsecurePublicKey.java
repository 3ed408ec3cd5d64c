/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.vagrant;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/**
 * Allows logins with the public key pairs that are part of Vagrant. Vagrant replaces them by a new
 * key at the first start.
 */
@Component
@TaskDefinition(
    description = "Adding Vagrant's insecure public keys",
    phase = Phase.SYSTEM_MODIFICATION,
    predecessors = CreateVagrantUser.class)
public final class AddInsecurePublicKey implements Task {
  private static final String FOLDER = "/home/" + CreateVagrantUser.USER + "/.ssh";

  @Override
  public void run(Build build) throws BuildException, IOException {
    build.root().makeDirectory(FOLDER, 0700);
    build.root().write(FOLDER + "/authorized_keys", keys(), 0600);
    String owner = CreateVagrantUser.USER + ":" + CreateVagrantUser.USER;
    build.root().run(Command.of("chown", "--recursive", owner, FOLDER));
  }

  /** The original key of Vagrant, and the one since 2.3.8. */
  private static String keys() throws IOException {
    try (InputStream keys = AddInsecurePublicKey.class.getResourceAsStream("authorized_keys")) {
      return new String(keys.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
