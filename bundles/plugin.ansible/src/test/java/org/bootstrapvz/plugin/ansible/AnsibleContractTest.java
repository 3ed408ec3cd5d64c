/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.ansible;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.extension.Extension;
import org.bootstrapvz.testkit.ExtensionContract;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;

class AnsibleContractTest extends ExtensionContract {
  @Override
  protected Extension extension() {
    return new AnsiblePlugin();
  }

  @Override
  protected TestManifest manifest() {
    return new TestManifest()
        .with("plugins.ansible.playbook", "site.yml")
        .with("plugins.ansible.groups", List.of("web"))
        .with("plugins.ansible.extra_vars", Map.of("ansible_ssh_user", "ada", "port", 80))
        .withSecret("plugins.ansible.extra_vars.password", "lovelace-1815");
  }

  @Override
  protected void prepare(TestBuild build) throws IOException {
    Files.writeString(build.manifest().resolve("site.yml"), "- hosts: all\n");
    build.root().write("etc/passwd", "ada:x:1000:1000::/home/ada:/bin/sh\n");
  }
}
