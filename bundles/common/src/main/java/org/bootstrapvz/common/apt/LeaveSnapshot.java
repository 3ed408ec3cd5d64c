/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.packages.Source;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/**
 * Gives an image that was built from a snapshot the sources of its mirrors, so that it gets
 * updates.
 */
@Component
@TaskDefinition(
    description = "Replacing the snapshot by the mirrors of the image",
    phase = Phase.SYSTEM_CLEANING,
    predecessors = PurgeUnusedPackages.class,
    requires = {Mirrors.class, ImageMirrors.class},
    collectsAtLeastOne = Source.class)
public final class LeaveSnapshot implements Task {
  /** Returns whether the image of a manifest has other sources than its snapshot. */
  public static boolean isNeeded(Manifest manifest) {
    return Snapshot.of(manifest).filter(snapshot -> !snapshot.only()).isPresent();
  }

  @Override
  public void run(Build build) throws IOException {
    List<Source> sources = new ArrayList<>();
    for (Source source : build.all(Source.class)) {
      ofImage(build, source).ifPresent(sources::add);
    }
    addSecurity(build, sources);
    SourceFiles.delete(build, build.all(Source.class));
    SourceFiles.write(build, sources);
    SourceFiles.deleteCredentials(build);
  }

  /** Adds the security updates of the image if the snapshot had none. */
  private static void addSecurity(Build build, List<Source> sources) {
    Manifest manifest = build.manifest();
    Optional<String> mirror = build.require(ImageMirrors.class).mirrors().security();
    Optional<String> suite = manifest.release().securitySuite();
    if (build.require(Mirrors.class).security().isPresent()
        || mirror.isEmpty()
        || suite.isEmpty()) {
      return;
    }
    List<String> components =
        DebianSource.components(manifest, build.require(ImageMirrors.class).mirrors());
    Source security =
        at(
            manifest,
            DebianSource.complete(
                manifest,
                Source.deb("main", mirror.get(), suite.get(), components),
                MirrorSetting.SECURITY),
            mirror.get(),
            MirrorSetting.SECURITY);
    sources.add(security);
    if (manifest.at("packages.include-source-type").isTrue(false)) {
      sources.add(security.sourceCode());
    }
  }

  /** Empty for security updates that no mirror of the image has. */
  private static Optional<Source> ofImage(Build build, Source source) {
    Mirrors snapshot = build.require(Mirrors.class);
    Mirrors image = build.require(ImageMirrors.class).mirrors();
    String uri = source.uri().replaceFirst("/+$", "");
    if (uri.equals(snapshot.debian())) {
      return Optional.of(at(build.manifest(), source, image.debian(), MirrorSetting.DEBIAN));
    }
    if (snapshot.security().filter(uri::equals).isPresent()) {
      return image
          .security()
          .map(mirror -> at(build.manifest(), source, mirror, MirrorSetting.SECURITY));
    }
    return Optional.of(source);
  }

  /** Only the snapshot may be out of date. */
  private static Source at(Manifest manifest, Source source, String mirror, MirrorSetting setting) {
    Map<String, String> options = new LinkedHashMap<>(source.options());
    ManifestValue value = setting.value(manifest);
    boolean dated = value.isMap() && value.get("check-valid-until").exists();
    if (!dated && !manifest.release().archived()) {
      options.remove("check-valid-until");
    }
    return new Source(
        source.list(), source.type(), options, mirror, source.suite(), source.components());
  }
}
