/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.cleanup;

import java.io.IOException;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.systemd.SystemdUnit;
import org.osgi.service.component.annotations.Component;

/**
 * Adds a service that, at the first boot, generates the keys and identifiers that {@link
 * RemoveUniqueFiles} deletes. An image without a package that has any gets no service.
 */
@Component
@TaskDefinition(
    description = "Adding the generation of keys at the first boot",
    phase = Phase.SYSTEM_MODIFICATION,
    provides = SystemdUnit.class)
public final class AddKeyGeneration implements Task {
  static final String SCRIPT = "usr/local/sbin/generate-missing-keys";

  @Override
  public void run(Build build) throws IOException {
    Root root = build.root();
    StringBuilder script = new StringBuilder();
    for (UniqueFiles.Generated generated : UniqueFiles.GENERATED) {
      String first = generated.files().get(0);
      if (root.isFile(generated.program()) && root.isFile(first)) {
        script.append("[ -e /").append(first).append(" ] || ");
        script.append(generated.command()).append(" || status=1\n");
      }
    }
    if (script.isEmpty()) {
      return;
    }
    root.write(
        SCRIPT,
        "#!/bin/sh\n# Written by bootstrap-vz: no two machines may have these keys in common.\n"
            + "status=0\n"
            + script
            + "exit $status\n",
        0755);
    build.provide(
        SystemdUnit.class,
        new SystemdUnit(
            "generate-missing-keys.service",
            """
            [Unit]
            Description=Generate the missing keys of this machine
            DefaultDependencies=no
            After=local-fs.target systemd-sysusers.service
            Before=sysinit.target shutdown.target
            Conflicts=shutdown.target
            ConditionPathIsReadWrite=/etc

            [Service]
            Type=oneshot
            ExecStart=/usr/local/sbin/generate-missing-keys
            RemainAfterExit=yes

            [Install]
            WantedBy=sysinit.target
            """));
  }
}
