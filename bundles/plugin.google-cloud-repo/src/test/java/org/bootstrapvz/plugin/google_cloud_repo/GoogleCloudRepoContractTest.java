/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.google_cloud_repo;

import java.io.IOException;
import java.nio.file.Files;
import org.bootstrapvz.api.extension.Extension;
import org.bootstrapvz.testkit.ExtensionContract;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;

class GoogleCloudRepoContractTest extends ExtensionContract {
  @Override
  protected Extension extension() {
    return new GoogleCloudRepoPlugin();
  }

  @Override
  protected TestManifest manifest() {
    return new TestManifest()
        .with("plugins.google_cloud_repo.key", "google.asc")
        .with("plugins.google_cloud_repo.enable_keyring_repo", true)
        .with("plugins.google_cloud_repo.cleanup_bootstrap_key", true)
        .with("plugins.google_cloud_repo.guest_environment", true);
  }

  @Override
  protected void prepare(TestBuild build) throws IOException {
    Files.writeString(
        build.manifest().resolve("google.asc"), "-----BEGIN PGP PUBLIC KEY BLOCK-----\n");
  }
}
