/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.manifest.Release;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.problem.Problems;

/** The checks of every manifest that a schema cannot express. */
final class BaseChecks {
  /** The first release for riscv64. */
  private static final int TRIXIE = 13;

  private static final int STRETCH = 9;

  /** The major version of jessie, the first release with systemd as its init. */
  private static final int SYSTEMD = 8;

  private final Manifest manifest;
  private final Problems problems;

  BaseChecks(Manifest manifest, Problems problems) {
    this.manifest = manifest;
    this.problems = problems;
  }

  void release(Optional<Release> known, Releases releases, LocalDate today) {
    ManifestValue value = manifest.at("system.release");
    if (!value.isScalar()) {
      return;
    }
    if (known.isEmpty()) {
      problems.error(
          value,
          ValueText.shown(value) + " is not a Debian release",
          releases
                  .misspelt(value.text())
                  .map(name -> "Did you mean " + name + "? ")
                  .orElse("A name has lower-case letters, digits and dashes. ")
              + "Known: "
              + String.join(", ", releases.names()));
      return;
    }
    Release release = known.get();
    if (release.version() == Release.UNKNOWN) {
      problems.warning(
          value,
          ValueText.shown(value) + " is not a release that this version knows",
          "The build reads from the mirror what it is. Known: "
              + String.join(", ", releases.names()));
    }
    if (!release.atLeast(Releases.OLDEST)) {
      problems.error(
          value, "Debian " + release.codename() + " is too old", "wheezy is the oldest possible");
      return;
    }
    support(value, release, today);
    ManifestValue architecture = manifest.at("system.architecture");
    if (is(architecture, "riscv64") && !release.atLeast(TRIXIE)) {
      problems.error(
          architecture,
          "Debian " + release.codename() + " does not exist for riscv64",
          "Set system.release to trixie or a later release");
    }
    ManifestValue force = manifest.at("bootstrapper.force-check-gpg");
    if (!release.atLeast(STRETCH) && Boolean.TRUE.equals(force.data())) {
      problems.error(
          force,
          "The signature check cannot be forced for " + release.codename(),
          "Remove the key, or build stretch or later");
    }
  }

  private void support(ManifestValue value, Release release, LocalDate today) {
    boolean ended = release.endOfLife().filter(today::isAfter).isPresent();
    if (!ended && !release.archived()) {
      return;
    }
    String name = "Debian " + release.version() + " (" + release.codename() + ")";
    String end = " has had no security updates since " + release.endOfLife().orElseThrow();
    if (!release.archived()) {
      problems.warning(value, name + end, "Build a release that is supported");
      return;
    }
    problems.warning(
        value,
        name + end + " and is on archive mirrors only",
        (release.atLeast(SYSTEMD)
                ? "A build needs " + String.join(", ", missing())
                : "It has a plan, but without systemd it cannot be built any more")
            + "; \"bootstrap-vz migrate\" writes the manifest for the current release");
  }

  /** The settings that an archived release needs and that the manifest lacks. */
  private List<String> missing() {
    List<String> missing = new ArrayList<>();
    missing.add(
        manifest.at("packages.mirror").exists()
            ? "packages.mirror to be an archive mirror"
            : "an archive mirror in packages.mirror");
    if (!manifest.at("packages.security").exists()) {
      missing.add("its security archive in packages.security");
    }
    if (!manifest.at("bootstrapper.keyring").exists()) {
      missing.add("the keys of that time in bootstrapper.keyring");
    }
    return missing;
  }

  void partitions() {
    ManifestValue partitions = manifest.at("volume.partitions");
    if (!partitions.isMap()) {
      return;
    }
    boolean none = is(partitions.get("type"), "none");
    for (Map.Entry<String, ManifestValue> entry : partitions.entries().entrySet()) {
      String name = entry.getKey();
      if (none && !List.of("type", "root").contains(name)) {
        atKey(
            entry.getValue(),
            "Without a partition table there is only root",
            "Remove " + name + ", or set the type to gpt or msdos");
      }
    }
  }

  private void atKey(ManifestValue value, String message, String remedy) {
    problems.add(
        new Problem(Problem.Severity.ERROR, value.keyLocation(), value.path(), message, remedy));
  }

  private static boolean is(ManifestValue value, String word) {
    return value.isScalar() && value.text().equals(word);
  }
}
