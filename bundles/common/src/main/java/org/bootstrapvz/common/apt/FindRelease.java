/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.manifest.Release;
import org.bootstrapvz.api.packages.Credentials;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.apt.ReleaseFile.AbsentException;
import org.osgi.service.component.annotations.Component;

/**
 * Asks the mirror which release the manifest means, if it names one that is not known, or an alias:
 * {@code stable} is another release after the next one is published, and in a snapshot.
 */
@Component
@TaskDefinition(
    description = "Looking up the release in the mirror",
    phase = Phase.VALIDATION,
    requires = Mirrors.class,
    provides = Release.class)
public final class FindRelease implements Task {
  /** Returns whether the release that a manifest means is read from the mirror. */
  public static boolean isNeeded(Release release) {
    return release.version() == Release.UNKNOWN || !release.name().equals(release.codename());
  }

  @Override
  public void run(Build build) throws BuildException {
    Release expected = build.manifest().release();
    Mirrors mirrors = build.require(Mirrors.class);
    if (!ReleaseFile.canBeRequested()) {
      build.warn(
          "This host has no apt to read from the mirror which release "
              + expected.name()
              + " is. Install apt");
      return;
    }
    ReleaseFile file;
    try {
      file = ReleaseFile.of(build, mirrors.debian(), expected.name());
    } catch (AbsentException e) {
      throw absent(build, mirrors.debian(), expected.name(), e);
    }
    String codename = file.field("Codename").orElse(expected.name());
    if (codename.equals(expected.codename()) && expected.version() != Release.UNKNOWN) {
      return;
    }
    if (file.field("NotAutomatic").filter("yes"::equalsIgnoreCase).isPresent()) {
      build.warn(
          "The mirror says that "
              + expected.name()
              + " complements another release (NotAutomatic). To get its packages, build that"
              + " release and add it to packages.sources");
    }
    Release found = found(build, mirrors, expected.name(), codename, file);
    build.log(
        expected.name()
            + " is "
            + found.codename()
            + (found.version() == Release.UNKNOWN ? ", newer than all known" : "")
            + file.field("Version").map(version -> ", version " + version).orElse(""));
    build.provide(Release.class, found);
  }

  /** A suite without a version is in development: it has no security updates yet. */
  private static Release found(
      Build build, Mirrors mirrors, String name, String codename, ReleaseFile file)
      throws BuildException {
    Optional<Integer> version =
        file.field("Version")
            .map(text -> text.replaceFirst("\\D.*", ""))
            .filter(text -> text.matches("\\d{1,4}"))
            .map(Integer::valueOf);
    Optional<String> security =
        version.isPresent() && mirrors.security().isPresent()
            ? first(
                build,
                mirrors.security().get(),
                List.of(codename + "-security", codename + "/updates"))
            : Optional.empty();
    if (version.isPresent() && security.isEmpty()) {
      build.warn(
          "The image gets no security updates: "
              + mirrors
                  .security()
                  .map(mirror -> Credentials.without(mirror) + " has none for " + codename)
                  .orElse(FindMirrors.NO_SECURITY_ARCHIVE));
    }
    return new Release(
        name,
        codename,
        version.orElse(Release.UNKNOWN),
        security,
        first(build, mirrors.debian(), List.of(codename + "-updates")),
        Optional.empty(),
        false);
  }

  private static Optional<String> first(Build build, String mirror, List<String> suites)
      throws BuildException {
    for (String suite : suites) {
      try {
        ReleaseFile.of(build, mirror, suite);
        return Optional.of(suite);
      } catch (AbsentException e) {
        build.log(Credentials.without(mirror) + " has no suite " + suite + ": " + e.getMessage());
      }
    }
    return Optional.empty();
  }

  /** The error of a mirror without the suite of the manifest. */
  static BuildException absent(Build build, String mirror, String suite, AbsentException cause) {
    ManifestValue release = build.manifest().at("system.release");
    boolean own = suite.equals(release.text(""));
    return new BuildException(
        (own ? release.location() + ": " + release.path() + ": " : "")
            + "The mirror "
            + Credentials.without(mirror)
            + " does not provide the suite "
            + suite
            + ": it answers \""
            + cause.getMessage()
            + "\". "
            + (own
                ? "Set system.release to the code name or alias of a release that the mirror has,"
                    + " such as stable, or packages.mirror to a mirror that has "
                : "Check system.release, and set packages.mirror and packages.security to mirrors"
                    + " that have ")
            + suite
            + Snapshot.of(build.manifest())
                .map(
                    snapshot ->
                        ". Or set packages.snapshot to another time than " + snapshot.time())
                .orElse(""),
        cause);
  }
}
