/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.bootstrapvz.api.host.CommandException;
import org.bootstrapvz.api.packages.Source;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.internal.apt.AptGet;
import org.osgi.service.component.annotations.Component;

/**
 * Fetches the package lists; skipped if the base system was just installed from exactly these
 * sources with exactly this configuration of apt.
 */
@Component
@TaskDefinition(
    description = "Updating the package cache",
    phase = Phase.PACKAGE_INSTALLATION,
    predecessors = {WriteSources.class, WritePreferences.class},
    requires = Bootstrapped.class,
    collectsAtLeastOne = Source.class,
    provides = PackageLists.class)
public final class AptUpdate implements Task {
  @Override
  public void run(Build build) throws BuildException, IOException {
    Set<String> wanted =
        build.all(Source.class).stream()
            .map(
                source ->
                    source.type().equals("deb") ? BootstrapSource.identity(source) : source.line())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    boolean current =
        wanted.equals(Set.copyOf(build.require(Bootstrapped.class).sources()))
            && build.root().list("etc/apt/apt.conf.d").stream()
                .allMatch(AptUpdate::comesWithTheBaseSystem)
            && !build.root().exists("etc/apt/apt.conf");
    if (current) {
      build.log("The package lists of the base system are those of the image's sources");
    } else {
      update(build);
    }
    build.provide(PackageLists.class, new PackageLists(current));
  }

  private static void update(Build build) throws BuildException {
    try {
      build.root().run(AptGet.command(build::progress).with("update"));
    } catch (CommandException e) {
      for (Source source : build.all(Source.class)) {
        boolean ofHost = source.uri().startsWith("file:") || source.uri().startsWith("copy:");
        if (ofHost && e.tail().stream().anyMatch(line -> line.contains("File not found"))) {
          throw new BuildException(
              "The source \""
                  + source.line()
                  + "\" is not in the image: apt in the image does not see the files of this host."
                  + " Serve the directory by HTTP, or name its package files in packages.install",
              e);
        }
      }
      throw e;
    }
  }

  /** Files of apt itself and of dpkg-reconfigure; they do not change which lists are fetched. */
  private static boolean comesWithTheBaseSystem(String file) {
    return Set.of("01autoremove", "70debconf").contains(file);
  }
}
