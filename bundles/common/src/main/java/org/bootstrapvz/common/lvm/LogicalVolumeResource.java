/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.lvm;

import java.util.Arrays;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandObserver;
import org.bootstrapvz.api.host.CommandResult;
import org.bootstrapvz.api.host.Machine;
import org.bootstrapvz.api.host.Sandbox;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.ReleaseContext;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.resource.ResourceType;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Releases a logical volume by removing it if it is an unfinished one of this build. */
@Component(property = ResourceType.TYPE + "=" + LogicalVolume.TYPE)
public final class LogicalVolumeResource implements ResourceType {
  /** The exit status of lvs if there is no such volume. */
  private static final int NOT_FOUND = 5;

  private final Machine machine;

  /** Creates a type that uses its own sandbox after that of the build has been closed. */
  @Activate
  public LogicalVolumeResource(@Reference Machine machine) {
    this.machine = machine;
  }

  @Override
  public void release(ResourceSpec spec, ReleaseContext context) throws BuildException {
    LogicalVolume volume = LogicalVolume.of(spec);
    if (context.sandbox().isPresent()) {
      remove(volume, context.sandbox().get());
      return;
    }
    try (Sandbox sandbox = machine.open(new Log(context))) {
      remove(volume, sandbox);
    }
  }

  private static void remove(LogicalVolume volume, Sandbox sandbox) throws BuildException {
    CommandResult tags = sandbox.run(volume.tags().accepting(0, NOT_FOUND));
    if (tags.status() == 0
        && Arrays.asList(tags.text().strip().split(",")).contains(volume.tag())) {
      sandbox.run(volume.remove());
    }
  }

  private record Log(ReleaseContext context) implements CommandObserver {
    @Override
    public void started(Command command) {
      context.log(command.toString());
    }

    @Override
    public void line(String line) {
      context.log(line);
    }
  }
}
