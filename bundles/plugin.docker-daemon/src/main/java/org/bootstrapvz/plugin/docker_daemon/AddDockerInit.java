/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.docker_daemon;

import java.io.IOException;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.systemd.InstallUnits;
import org.bootstrapvz.common.systemd.SystemdUnit;
import org.osgi.service.component.annotations.Component;

/** Sets the options of the daemon, and adds the unit that loads its first images. */
@Component
@TaskDefinition(
    description = "Configuring the start of Docker",
    phase = Phase.SYSTEM_MODIFICATION,
    successors = InstallUnits.class,
    provides = SystemdUnit.class)
public final class AddDockerInit implements Task {
  private static final String DEFAULTS = "etc/default/docker";

  @Override
  public void run(Build build) throws IOException {
    ManifestValue options = build.manifest().at(DockerDaemonPlugin.SETTINGS).get("docker_opts");
    if (options.exists()) {
      String quoted = options.text().replace("\\", "\\\\").replace("\"", "\\\"");
      build.root().append(DEFAULTS, "DOCKER_OPTS=\"" + quoted + "\"\n");
    }
    if (!ContainerImage.of(build.manifest()).isEmpty()) {
      build.provide(SystemdUnit.class, new SystemdUnit("docker-load-images.service", unit()));
    }
  }

  /** Each archive is deleted when its image is loaded, so an interrupted boot loses none. */
  private static String unit() {
    return """
    [Unit]
    Description=Load the container images of the first boot
    Requires=docker.service
    After=docker.service
    ConditionDirectoryNotEmpty=/%1$s

    [Service]
    Type=oneshot
    RemainAfterExit=yes
    ExecStart=/bin/sh -c 'for file in /%1$s/*.tar; do docker load --input "$$file" && rm "$$file" || exit 1; done'

    [Install]
    WantedBy=multi-user.target
    """
        .formatted(PullDockerImages.FOLDER);
  }
}
