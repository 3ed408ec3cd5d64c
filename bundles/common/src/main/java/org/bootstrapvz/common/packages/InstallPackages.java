/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.packages;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandException;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.packages.LocalPackage;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.packages.Source;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.apt.AptUpgrade;
import org.bootstrapvz.common.apt.Bootstrapped;
import org.bootstrapvz.common.apt.PackageLists;
import org.bootstrapvz.common.bootstrap.BootstrapPackage;
import org.bootstrapvz.common.internal.apt.AptGet;
import org.osgi.service.component.annotations.Component;

/** Installs all packages of the image in one run of apt-get. */
@Component
@TaskDefinition(
    description = "Installing packages",
    phase = Phase.PACKAGE_INSTALLATION,
    predecessors = AptUpgrade.class,
    requires = {Bootstrapped.class, PackageLists.class},
    collectsAtLeastOne = Source.class,
    collects = {PackageRequest.class, LocalPackage.class, BootstrapPackage.class})
public final class InstallPackages implements Task {
  private static final String LOCAL = "var/cache/apt/archives/local";

  @Override
  public void run(Build build) throws BuildException, IOException {
    List<String> arguments = new ArrayList<>();
    List<String> excluded =
        build.all(BootstrapPackage.class).stream()
            .filter(each -> !each.included())
            .map(BootstrapPackage::name)
            .toList();
    if (!build.require(Bootstrapped.class).completePriorities()) {
      arguments.add(ofPriority(build.manifest(), "required", excluded));
      if (!build.manifest().at("bootstrapper.variant").exists()) {
        arguments.add(ofPriority(build.manifest(), "important", excluded));
      }
    }
    excluded.forEach(name -> arguments.add(name + "-"));
    RequestedPackages.of(build).forEach(request -> arguments.add(request.toString()));
    List<LocalPackage> local = build.all(LocalPackage.class).stream().distinct().toList();
    Set<String> names = new HashSet<>();
    for (LocalPackage each : local) {
      String name = each.file().getFileName().toString();
      String copy = LOCAL + "/" + name;
      for (int number = 2; !names.add(copy); number++) {
        copy = LOCAL + "/" + number + "/" + name;
      }
      build.root().copyIn(each.file(), copy, 0644);
      arguments.add("/" + copy);
    }
    Command command = AptGet.command(build::progress).with("install").with(arguments);
    try {
      build.root().run(command);
    } catch (CommandException e) {
      throw AptInstallFailure.explained(build, e);
    }
    if (!local.isEmpty()) {
      build.root().delete(LOCAL);
    }
  }

  /**
   * apt's pattern for the packages of a priority, without those of a different kernel architecture
   * and without excluded ones: apt rejects a package that is both to be installed and not to be
   * installed.
   */
  private static String ofPriority(Manifest manifest, String priority, List<String> excluded) {
    List<String> terms = new ArrayList<>();
    terms.add("?priority(" + priority + ")");
    ManifestValue programs = manifest.at("system.userspace_architecture");
    if (programs.exists()) {
      terms.add("?or(?architecture(all),?architecture(" + programs.text() + "))");
    }
    excluded.forEach(name -> terms.add("?not(?exact-name(" + name + "))"));
    return terms.size() == 1 ? terms.get(0) : "?and(" + String.join(",", terms) + ")";
  }
}
