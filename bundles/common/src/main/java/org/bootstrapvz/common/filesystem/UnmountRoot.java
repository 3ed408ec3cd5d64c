/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.filesystem;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Releases the mounts in the root and empties /dev, which the kernel fills at boot. */
@Component
@TaskDefinition(
    description = "Unmounting the filesystems in the root",
    phase = Phase.VOLUME_UNMOUNTING,
    successors = Format.class,
    requires = Root.class,
    collects = RootMount.class)
public final class UnmountRoot implements Task {
  @Override
  public void run(Build build) throws BuildException, IOException {
    List<RootMount> mounts = new ArrayList<>(build.all(RootMount.class));
    Collections.reverse(mounts);
    for (RootMount mount : mounts) {
      mount.mount().release();
    }
    for (String name : build.root().list("dev")) {
      build.root().delete("dev/" + name);
    }
  }
}
