/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.commands;

import java.util.List;
import org.bootstrapvz.api.extension.Extension;
import org.bootstrapvz.testkit.ExtensionContract;
import org.bootstrapvz.testkit.TestManifest;

class ContractTest extends ExtensionContract {
  @Override
  protected Extension extension() {
    return new CommandsPlugin();
  }

  @Override
  protected TestManifest manifest() {
    List<List<String>> commands = List.of(List.of("touch", "{root}/etc/note"), List.of("date"));
    return new TestManifest().with("plugins.commands.commands", commands);
  }
}
