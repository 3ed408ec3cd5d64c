/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.opennebula;

import org.bootstrapvz.api.extension.Extension;
import org.bootstrapvz.testkit.ExtensionContract;
import org.bootstrapvz.testkit.TestManifest;

class OpennebulaContractTest extends ExtensionContract {
  @Override
  protected Extension extension() {
    return new OpennebulaPlugin();
  }

  @Override
  protected TestManifest manifest() {
    return new TestManifest();
  }
}
