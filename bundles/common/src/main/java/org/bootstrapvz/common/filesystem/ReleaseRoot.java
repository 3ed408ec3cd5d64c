/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.filesystem;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Releases the memory that holds the root, before the image is converted. */
@Component
@TaskDefinition(
    description = "Releasing the root directory",
    phase = Phase.VOLUME_UNMOUNTING,
    predecessors = Format.class,
    collects = TreeMount.class)
public final class ReleaseRoot implements Task {
  @Override
  public void run(Build build) throws BuildException {
    List<TreeMount> parts = new ArrayList<>(build.all(TreeMount.class));
    Collections.reverse(parts);
    for (TreeMount part : parts) {
      part.part().release();
    }
  }
}
