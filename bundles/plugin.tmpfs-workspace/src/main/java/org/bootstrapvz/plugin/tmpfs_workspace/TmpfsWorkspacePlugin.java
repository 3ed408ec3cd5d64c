/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.tmpfs_workspace;

import org.bootstrapvz.api.extension.Plugin;
import org.bootstrapvz.api.extension.PluginDefinition;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.task.TaskSet;
import org.bootstrapvz.common.workspace.CreateWorkspace;
import org.osgi.service.component.annotations.Component;

/** Builds in memory; only artefacts are written to the disk. */
@Component
@PluginDefinition(name = "tmpfs_workspace", description = "Builds the image in memory")
public final class TmpfsWorkspacePlugin implements Plugin {
  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    tasks.add(CreateTmpFsWorkspace.class).discard(CreateWorkspace.class);
  }
}
