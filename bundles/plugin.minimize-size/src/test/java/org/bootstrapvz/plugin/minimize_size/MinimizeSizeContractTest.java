/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.minimize_size;

import java.util.List;
import org.bootstrapvz.api.extension.Extension;
import org.bootstrapvz.testkit.ExtensionContract;
import org.bootstrapvz.testkit.TestManifest;

class MinimizeSizeContractTest extends ExtensionContract {
  @Override
  protected Extension extension() {
    return new MinimizeSizePlugin();
  }

  @Override
  protected TestManifest manifest() {
    return new TestManifest()
        .with("volume.backing", "qcow2")
        .with("plugins.minimize_size.shrink", true)
        .with("plugins.minimize_size.apt.autoclean", true)
        .with("plugins.minimize_size.apt.gzip_indexes", true)
        .with("plugins.minimize_size.apt.autoremove_suggests", true)
        .with("plugins.minimize_size.apt.languages", List.of("none"))
        .with("plugins.minimize_size.dpkg.locales", List.of("de"))
        .with("plugins.minimize_size.dpkg.exclude_docs", true);
  }
}
