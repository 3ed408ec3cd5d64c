/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.puppet;

import java.io.IOException;
import java.util.List;
import org.bootstrapvz.api.host.CommandException;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.network.HostResolver;
import org.osgi.service.component.annotations.Component;

/** Applies a manifest of Puppet to the image. */
@Component
@TaskDefinition(
    description = "Applying the manifest of Puppet",
    phase = Phase.SYSTEM_MODIFICATION,
    predecessors = CopyPuppetAssets.class)
public final class ApplyPuppetManifest implements Task {
  private static final String FOLDER = "/tmp/puppet-apply";
  private static final String FILE = FOLDER + "/manifest.pp";

  /** Written whatever the other directories are. */
  private static final List<String> SUMMARIES =
      List.of(
          "var/cache/puppet/public/last_run_summary.yaml",
          "opt/puppetlabs/puppet/public/last_run_summary.yaml");

  /** The statuses of a run without a failure: nothing to change, and changes. */
  private static final int[] SUCCESS = {0, 2};

  @Override
  public void run(Build build) throws BuildException, IOException {
    Root root = build.root();
    ManifestValue manifest = build.manifest().at(PuppetPlugin.SETTINGS).get("manifest");
    root.makeDirectory(FOLDER, 0700);
    root.copyIn(build.manifest().resolve(manifest), FILE, 0600);
    // A package may have replaced the resolver configuration.
    HostResolver.copyTo(root);
    try {
      root.run(
          Puppet.in(root)
              // Without it, the status is 0 although a resource failed.
              .command("apply", "--detailed-exitcodes", "--verbose")
              // Reports and facts of the build host do not belong into the image.
              .with("--vardir", FOLDER + "/var", "--ssldir", FOLDER + "/ssl")
              .with("--logdir", FOLDER + "/log", "--rundir", FOLDER + "/run")
              .with(FILE)
              .accepting(SUCCESS)
              .standardUmask());
    } catch (CommandException e) {
      throw new BuildException(
          manifest.location()
              + ": "
              + manifest.path()
              + ": Puppet could not apply the manifest:\n"
              + String.join("\n", e.tail()),
          e);
    }
    root.delete(FOLDER);
    for (String summary : SUMMARIES) {
      root.delete(summary);
    }
  }
}
