/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.accounts;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.extension.Extension;
import org.bootstrapvz.testkit.ExtensionContract;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;

class AccountsContractTest extends ExtensionContract {
  private static final String KEY =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJTf1B3TlyoV4kdlw7pIE0DwwJz13uQbDXv3S0BJi0jH ada";

  @Override
  protected Extension extension() {
    return new AccountsPlugin();
  }

  @Override
  protected TestManifest manifest() {
    return new TestManifest()
        .with("plugins.accounts.groups", List.of(Map.of("name", "crew")))
        .with(
            "plugins.accounts.users",
            List.of(
                Map.of(
                    "name",
                    "ada",
                    "sudo",
                    "nopasswd",
                    "password",
                    "lovelace",
                    "key_files",
                    List.of("ada.pub"))));
  }

  @Override
  protected void prepare(TestBuild build) throws IOException {
    Files.writeString(build.manifest().resolve("ada.pub"), KEY + "\n");
    build.root().write("etc/passwd", "root:x:0:0:root:/root:/bin/bash\n");
    build.root().write("etc/group", "root:x:0:\n");
  }
}
