/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.puppet;

import java.io.IOException;
import java.nio.file.Path;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandException;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.files.TreeCopy;
import org.bootstrapvz.common.network.HostResolver;
import org.osgi.service.component.annotations.Component;

/**
 * Installs modules from a forge and from the host, exactly those that the manifest names: Puppet
 * adds no dependencies.
 */
@Component
@TaskDefinition(description = "Installing modules of Puppet", phase = Phase.SYSTEM_MODIFICATION)
public final class InstallModules implements Task {
  private static final String ARCHIVE = "/tmp/puppet-module.tar.gz";

  @Override
  public void run(Build build) throws BuildException, IOException {
    Root root = build.root();
    Puppet puppet = Puppet.in(root);
    if (!root.exists(puppet.modules())) {
      root.makeDirectory(puppet.modules(), 0755);
    }
    // A package may have replaced the resolver configuration.
    HostResolver.copyTo(root);
    for (PuppetModule module : PuppetModule.of(build.manifest())) {
      build.progress(0, module.name().text());
      Path local = build.manifest().resolve(module.name());
      if (!module.isLocal()) {
        install(build, module, fromForge(build.manifest(), puppet, module));
      } else if (module.isArchive()) {
        root.copyIn(local, ARCHIVE, 0644);
        install(build, module, installation(puppet, ARCHIVE));
        root.delete(ARCHIVE);
      } else {
        String target = puppet.modules() + "/" + module.directoryName();
        root.delete(target);
        TreeCopy.into(root, local, target);
      }
    }
  }

  /** Puppet replaces a module that is there and adds no dependencies. */
  private static Command installation(Puppet puppet, String module) {
    return puppet
        .command("module", "install", "--force", "--target-dir", "/" + puppet.modules())
        .with(module);
  }

  private static Command fromForge(Manifest manifest, Puppet puppet, PuppetModule module) {
    Command command = installation(puppet, module.name().text());
    ManifestValue forge = manifest.at(PuppetPlugin.SETTINGS).get("forge");
    if (forge.exists()) {
      command = command.with("--module_repository", forge.text());
    }
    return module.versionText().isPresent()
        ? command.with("--version", module.versionText().get())
        : command;
  }

  private static void install(Build build, PuppetModule module, Command command)
      throws BuildException {
    try {
      build.root().run(command.standardUmask());
    } catch (CommandException e) {
      throw new BuildException(
          module.name().location()
              + ": "
              + module.name().path()
              + ": Puppet could not install the module "
              + module.name().text()
              + ". Check its name and version"
              + (module.isLocal() ? "" : ", and plugins.puppet.forge")
              + ":\n"
              + String.join("\n", e.tail()),
          e);
    }
  }
}
