/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import java.util.List;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.manifest.Release;
import org.bootstrapvz.api.packages.Source;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Adds the backports of the release, unless the manifest does or there are none. */
@Component
@TaskDefinition(
    description = "Adding backports to the apt sources",
    phase = Phase.PREPARATION,
    predecessors = AddDefaultSources.class,
    requires = Mirrors.class,
    provides = Source.class)
public final class AddBackports implements Task {
  @Override
  public void run(Build build) {
    Manifest manifest = build.manifest();
    Mirrors mirrors = build.require(Mirrors.class);
    Release release = manifest.release();
    if (release.securitySuite().isEmpty()) {
      build.log("Debian " + release.codename() + " has no backports: it is still in development");
      return;
    }
    if (inManifest(manifest, mirrors)) {
      build.log("The manifest itself has a source of backports");
      return;
    }
    Source source =
        DebianSource.complete(
            manifest,
            Source.deb(
                "backports",
                mirrors.debian(),
                release.name() + "-backports",
                DebianSource.components(manifest, mirrors)),
            MirrorSetting.DEBIAN);
    build.provide(Source.class, source);
    if (manifest.at("packages.include-source-type").isTrue(false)) {
      build.provide(Source.class, source.sourceCode());
    }
  }

  private static boolean inManifest(Manifest manifest, Mirrors mirrors) {
    Release release = manifest.release();
    List<String> suites = List.of(release.name() + "-backports", release.codename() + "-backports");
    return manifest.at("packages.sources").entries().values().stream()
        .map(ManifestValue::texts)
        .flatMap(lines -> lines.stream())
        .map(line -> Source.parse("", mirrors.expand(manifest, line)))
        .anyMatch(source -> suites.contains(source.suite()));
  }
}
