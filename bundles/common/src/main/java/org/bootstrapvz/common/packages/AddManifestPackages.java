/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.packages;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.manifest.Release;
import org.bootstrapvz.api.packages.LocalPackage;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.packages.Source;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.apt.AddBackports;
import org.bootstrapvz.common.apt.AddDefaultSources;
import org.bootstrapvz.common.apt.AddManifestSources;
import org.bootstrapvz.common.apt.Mirrors;
import org.osgi.service.component.annotations.Component;

/** Adds the packages of {@code packages.install}; absolute paths are .deb files of the host. */
@Component
@TaskDefinition(
    description = "Adding packages from the manifest",
    phase = Phase.PREPARATION,
    predecessors = {AddManifestSources.class, AddDefaultSources.class, AddBackports.class},
    collects = Source.class,
    requires = Mirrors.class,
    provides = {PackageRequest.class, LocalPackage.class})
public final class AddManifestPackages implements Task {
  @Override
  public void run(Build build) throws BuildException {
    Mirrors mirrors = build.require(Mirrors.class);
    for (ManifestValue item : build.manifest().at("packages.install").items()) {
      String text = mirrors.expand(build.manifest(), item.text());
      if (text.startsWith("/")) {
        build.provide(LocalPackage.class, new LocalPackage(Path.of(text)));
        continue;
      }
      try {
        PackageRequest request = PackageRequest.parse(text);
        checkTarget(build, item, request);
        build.provide(PackageRequest.class, request);
      } catch (IllegalArgumentException e) {
        throw new BuildException(item.location() + ": " + item.path() + ": " + e.getMessage(), e);
      }
    }
  }

  private static void checkTarget(Build build, ManifestValue item, PackageRequest request)
      throws BuildException {
    Release release = build.manifest().release();
    Set<String> suites = new TreeSet<>(List.of(release.name(), release.codename()));
    build.all(Source.class).forEach(source -> suites.add(source.suite()));
    if (request.target().isPresent() && !suites.contains(request.target().get())) {
      throw new BuildException(
          item.location()
              + ": "
              + item.path()
              + ": no source provides "
              + request.target().get()
              + ", from which "
              + request.name()
              + " is requested; the sources provide "
              + String.join(", ", suites)
              + ". Add one to packages.sources");
    }
  }
}
