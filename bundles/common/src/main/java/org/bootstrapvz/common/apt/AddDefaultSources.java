/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.Release;
import org.bootstrapvz.api.packages.Source;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/**
 * Adds the release, its security updates and its point updates, from the mirrors; the base system
 * is installed from the same, or from {@code bootstrapper.mirror}.
 */
@Component
@TaskDefinition(
    description = "Adding default release sources",
    phase = Phase.PREPARATION,
    predecessors = AddManifestSources.class,
    requires = Mirrors.class,
    provides = {Source.class, BootstrapSource.class})
public final class AddDefaultSources implements Task {

  @Override
  public void run(Build build) {
    Manifest manifest = build.manifest();
    Mirrors mirrors = build.require(Mirrors.class);
    Release release = manifest.release();
    List<String> components = DebianSource.components(manifest, mirrors);
    List<Source> sources = new ArrayList<>();
    sources.add(Source.deb("main", mirrors.debian(), release.name(), components));
    if (release.securitySuite().isPresent() && mirrors.security().isPresent()) {
      sources.add(
          Source.deb("main", mirrors.security().get(), release.securitySuite().get(), components));
    }
    if (release.updatesSuite().isPresent()) {
      sources.add(Source.deb("main", mirrors.debian(), release.updatesSuite().get(), components));
    }
    boolean sourceCode = manifest.at("packages.include-source-type").isTrue(false);
    for (Source source : sources) {
      Source complete = DebianSource.complete(manifest, source);
      build.provide(Source.class, complete);
      if (sourceCode) {
        build.provide(Source.class, complete.sourceCode());
      }
    }
    if (manifest.at("bootstrapper.mirror").exists()) {
      String mirror = manifest.at("bootstrapper.mirror").text().replaceFirst("/+$", "");
      sources = List.of(Source.deb("main", mirror, release.name(), components));
    }
    for (Source source : sources) {
      build.provide(
          BootstrapSource.class, new BootstrapSource(DebianSource.dated(manifest, source)));
    }
  }
}
