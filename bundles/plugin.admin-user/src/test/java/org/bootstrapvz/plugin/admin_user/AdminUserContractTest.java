/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.admin_user;

import java.io.IOException;
import java.nio.file.Files;
import org.bootstrapvz.api.extension.Extension;
import org.bootstrapvz.testkit.ExtensionContract;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;

class AdminUserContractTest extends ExtensionContract {
  @Override
  protected Extension extension() {
    return new AdminUserPlugin();
  }

  @Override
  protected TestManifest manifest() {
    return new TestManifest()
        .with("plugins.admin_user.username", "ada")
        .withSecret("plugins.admin_user.password", "lovelace-1815")
        .with("plugins.admin_user.pubkey", "ada.pub");
  }

  @Override
  protected void prepare(TestBuild build) throws IOException {
    Files.writeString(
        build.manifest().resolve("ada.pub"),
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJTf1B3TlyoV4kdlw7pIE0DwwJz13uQbDXv3S0BJi0jH ada\n");
    build.root().write("etc/passwd", "root:x:0:0:root:/root:/bin/bash\n");
    build.root().write("etc/group", "root:x:0:\n");
  }
}
