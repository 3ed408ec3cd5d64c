/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.apt_proxy;

import org.bootstrapvz.api.extension.Plugin;
import org.bootstrapvz.api.extension.PluginDefinition;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.task.TaskSet;
import org.osgi.service.component.annotations.Component;

/** Makes apt in the image fetch packages through a proxy. */
@Component
@PluginDefinition(name = "apt_proxy", description = "Fetches packages through an APT proxy")
public final class AptProxyPlugin implements Plugin {
  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    tasks.add(CheckAptProxy.class).add(SetAptProxy.class);
    if (!manifest.at("plugins.apt_proxy.persistent").isTrue(false)) {
      tasks.add(RemoveAptProxy.class);
    }
  }
}
