/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandException;
import org.bootstrapvz.api.host.Sandbox;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.ReleaseContext;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.resource.ResourceType;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** Unmounts the mounts of a build in its sandbox. */
@Component(property = ResourceType.TYPE + "=" + ResourceSpec.MOUNT)
public final class MountRelease implements ResourceType {

  @Override
  public void release(ResourceSpec spec, ReleaseContext context)
      throws BuildException, IOException {
    if (context.sandbox().isEmpty()) {
      return; // The mounts ended with the sandbox.
    }
    Sandbox sandbox = context.sandbox().get();
    Path target = Path.of(spec.parameters().get("target"));
    CommandException failure = unmount(sandbox, target);
    if (isBusy(failure) && sandbox instanceof NamespaceSandbox own) {
      for (String name : own.processes().endThoseIn(target)) {
        context.log("Ended " + name + ", which still ran in " + target);
      }
      failure = unmount(sandbox, target);
    }
    if (failure != null && !isBusy(failure)) {
      // In a user namespace, the kernel locks the mounts inside a recursive bind mount to its top
      // and only detaches all of them together. They contain no data of the build.
      sandbox.run(Command.of("umount", "--lazy", "--", target.toString()));
    }
    List<Path> left = Mounts.at(sandbox, target);
    if (!left.isEmpty()) {
      throw new BuildException("Still mounted: " + left.get(0), failure);
    }
  }

  /** Unmounts what can be unmounted; returns the first failure, or null. */
  private static @Nullable CommandException unmount(Sandbox sandbox, Path target)
      throws BuildException, IOException {
    CommandException failure = null;
    for (Path point : Mounts.at(sandbox, target)) {
      try {
        sandbox.run(Command.of("umount", "--", point.toString()));
      } catch (CommandException e) {
        failure = failure == null ? e : failure;
      }
    }
    return failure;
  }

  private static boolean isBusy(@Nullable CommandException failure) {
    return failure != null && failure.tail().stream().anyMatch(line -> line.contains("busy"));
  }
}
