/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    Map<Source, MirrorSetting> sources = new LinkedHashMap<>();
    sources.put(
        Source.deb("main", mirrors.debian(), release.name(), components), MirrorSetting.DEBIAN);
    if (release.securitySuite().isPresent() && mirrors.security().isPresent()) {
      sources.put(
          Source.deb("main", mirrors.security().get(), release.securitySuite().get(), components),
          MirrorSetting.SECURITY);
    }
    if (release.updatesSuite().isPresent()) {
      sources.put(
          Source.deb("main", mirrors.debian(), release.updatesSuite().get(), components),
          MirrorSetting.DEBIAN);
    }
    boolean sourceCode = manifest.at("packages.include-source-type").isTrue(false);
    sources.forEach(
        (source, mirror) -> {
          Source complete = DebianSource.complete(manifest, source, mirror);
          build.provide(Source.class, complete);
          if (sourceCode) {
            build.provide(Source.class, complete.sourceCode());
          }
        });
    Optional<String> separate = MirrorSetting.BASE_SYSTEM.address(manifest);
    if (separate.isPresent()) {
      sources.clear();
      sources.put(
          Source.deb("main", separate.get(), release.name(), components),
          MirrorSetting.BASE_SYSTEM);
    }
    sources.forEach(
        (source, mirror) ->
            build.provide(
                BootstrapSource.class,
                new BootstrapSource(
                    mirror.applyTo(manifest, DebianSource.dated(manifest, source)))));
  }
}
