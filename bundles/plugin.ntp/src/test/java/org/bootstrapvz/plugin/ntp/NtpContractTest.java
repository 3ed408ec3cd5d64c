/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.ntp;

import java.util.List;
import org.bootstrapvz.api.extension.Extension;
import org.bootstrapvz.testkit.ExtensionContract;
import org.bootstrapvz.testkit.TestManifest;

class NtpContractTest extends ExtensionContract {
  @Override
  protected Extension extension() {
    return new NtpPlugin();
  }

  @Override
  protected TestManifest manifest() {
    return new TestManifest().with("plugins.ntp.servers", List.of("time.example.org"));
  }
}
