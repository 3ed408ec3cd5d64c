/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal.migration;

import static org.bootstrapvz.manifest.internal.migration.ManifestTree.scalar;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Rules for components and packages. */
final class PackageRules {
  static final List<MigrationRule> RULES =
      List.of(
          new MigrationRule(
              "non-free-firmware is added to non-free",
              "Firmware moved to a component of its own in bookworm",
              PackageRules::firmwareComponent),
          packages("packages.install"),
          packages("bootstrapper.include_packages"),
          packages("bootstrapper.exclude_packages"));

  /** Kernels and headers with a version in their names. */
  private static final Pattern KERNEL = Pattern.compile("linux-(image|headers)-[0-9].*");

  private PackageRules() {}

  private static MigrationRule packages(String path) {
    return new MigrationRule(
        "Packages of " + path + " are renamed or removed, as names.csv says",
        "Debian renamed or removed them",
        manifest -> packages(manifest, path));
  }

  /** Advice for a package that hardly exists in a later release. */
  private static Optional<String> doubtful(String name) {
    if (name.contains("=")) {
      return Optional.of("the version is that of the old release: remove or change it");
    }
    if (KERNEL.matcher(name).matches()) {
      return Optional.of(
          "this kernel is that of the old release: remove it, or write linux-image-ARCHITECTURE");
    }
    return name.startsWith("python-")
        ? Optional.of("Python 2 left Debian in bullseye: check for python3-" + name.substring(7))
        : Optional.empty();
  }

  private static void firmwareComponent(ManifestEditor manifest) {
    String path = "packages.components";
    List<String> components = manifest.values(path);
    if (manifest.current().atLeast(ReleaseChange.BOOKWORM)
        && components.contains("non-free")
        && !components.contains("non-free-firmware")) {
      manifest.addItem(
          manifest.list(path).orElseThrow(),
          components.indexOf("non-free"),
          path,
          "non-free-firmware",
          "firmware moved from non-free to a component of its own in bookworm");
    }
  }

  private static void packages(ManifestEditor manifest, String path) {
    Optional<SequenceNode> list = manifest.list(path);
    if (list.isEmpty()) {
      return;
    }
    List<Node> items = list.get().getValue();
    Set<String> kept = new HashSet<>(manifest.values(path));
    List<Integer> gone = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Node item = items.get(i);
      String place = path + "." + i;
      String[] parts = scalar(item).orElse("").split("/", 2);
      Optional<Names.Row> row = manifest.renamed("package", parts[0]);
      if (row.isPresent() && (row.get().now().isEmpty() || !kept.add(row.get().now()))) {
        gone.add(i);
      } else if (row.isPresent()) {
        manifest.replace(items.get(i), path + "." + i, row.get().now(), row.get().reason());
      } else if (parts.length == 2
          && !parts[0].isEmpty()
          && manifest.releases().namesOld(parts[1])) {
        manifest.replace(
            items.get(i),
            path + "." + i,
            parts[0],
            manifest.current().codename() + " has at least the version of " + parts[1]);
      } else if (!manifest.releases().isNone()) {
        doubtful(parts[0]).ifPresent(advice -> manifest.hint(item, place, parts[0], advice));
      }
    }
    if (gone.size() == items.size()) {
      manifest.remove(
          manifest.entry(path).orElseThrow(), path, "Debian no longer has any of its packages");
      return;
    }
    for (int i : gone) {
      String name = scalar(items.get(i)).orElseThrow().split("/")[0];
      Names.Row row = manifest.renamed("package", name).orElseThrow();
      String reason =
          row.reason() + (row.now().isEmpty() ? "" : "; " + row.now() + " is in the list");
      manifest.removeItem(list.get(), i, path, row.name(), reason);
    }
  }
}
