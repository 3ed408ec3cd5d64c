/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandException;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.Resource;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.workspace.CreateWorkspace;
import org.osgi.service.component.annotations.Component;

/**
 * Requests the required suite from each mirror with apt's own downloader, so that a wrong address
 * is reported clearly and before anything is installed.
 */
@Component
@TaskDefinition(
    description = "Checking that the mirrors answer",
    phase = Phase.PREPARATION,
    predecessors = CreateWorkspace.class,
    requires = BootstrapSource.class)
public final class CheckMirrors implements Task {
  private static final String APT_HELPER = "/usr/lib/apt/apt-helper";

  @Override
  public void run(Build build) throws BuildException, IOException {
    if (!Files.isExecutable(Path.of(APT_HELPER))) {
      return;
    }
    for (BootstrapSource each : build.all(BootstrapSource.class)) {
      check(build, each.source().uri(), each.source().suite());
    }
  }

  private static void check(Build build, String mirror, String suite)
      throws BuildException, IOException {
    String address = mirror + "/dists/" + suite + "/InRelease";
    build.progress(-1, address);
    Path answer = build.workspace().resolve("InRelease");
    Resource file =
        build.acquire(
            ResourceSpec.file(answer),
            () -> {
              try {
                build.run(
                    Command.of(
                        APT_HELPER,
                        "-oAcquire::Retries=1",
                        "-oAcquire::http::Timeout=15",
                        "-oAcquire::https::Timeout=15",
                        "download-file",
                        address,
                        answer.toString()));
              } catch (CommandException e) {
                throw new BuildException(
                    "The mirror "
                        + mirror
                        + " does not provide the suite "
                        + suite
                        + ": "
                        + reason(e)
                        + ". Check packages.mirror, packages.security and system.release, or the APT"
                        + " configuration of this host",
                    e);
              }
            });
    byte[] head = Arrays.copyOf(Files.readAllBytes(answer), 4096);
    String text = new String(head, StandardCharsets.UTF_8);
    if (!text.contains("-----BEGIN PGP SIGNED MESSAGE-----")) {
      throw new BuildException(
          "What "
              + address
              + " answers is not the release file of a Debian archive. It starts with: "
              + text.strip().lines().findFirst().orElse("(nothing)").replace("\0", "").strip()
              + ". Check packages.mirror");
    }
    file.release();
  }

  private static String reason(CommandException e) {
    return e.tail().stream()
        .filter(line -> line.startsWith("E: ") || line.startsWith("Err:") || line.startsWith("W: "))
        .map(line -> line.replaceFirst("^[EW]: ", "").replaceAll("\\s+", " ").trim())
        .reduce((first, last) -> last)
        .orElse("apt's downloader ended with status " + e.status());
  }
}
