/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.tmpfs_workspace;

import java.io.IOException;
import java.nio.file.Files;
import org.bootstrapvz.api.extension.Extension;
import org.bootstrapvz.testkit.ExtensionContract;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;

class TmpfsWorkspaceContractTest extends ExtensionContract {
  @Override
  protected Extension extension() {
    return new TmpfsWorkspacePlugin();
  }

  @Override
  protected TestManifest manifest() {
    return new TestManifest();
  }

  /** The task creates the workspace. */
  @Override
  protected void prepare(TestBuild build) throws IOException {
    Files.delete(build.workspace());
  }
}
