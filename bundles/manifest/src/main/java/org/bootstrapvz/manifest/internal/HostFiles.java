/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.manifest.HostFile;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.packages.SignedBy;
import org.bootstrapvz.api.packages.Source;
import org.bootstrapvz.manifest.internal.Variables.VariableException;

/** Finds the values of a manifest that name files of the host. */
final class HostFiles {
  private HostFiles() {}

  /** The texts in a value that a schema marks with {@code hostFile}. */
  static List<HostFile> marked(Manifest manifest, ManifestValue value) {
    List<HostFile> files = new ArrayList<>();
    if (value.isScalar()) {
      if (!value.text().isEmpty()) {
        files.add(HostFile.of(manifest, value));
      }
    } else if (value.isMap()) {
      value.entries().values().forEach(each -> files.addAll(marked(manifest, each)));
    } else {
      value.items().forEach(each -> files.addAll(marked(manifest, each)));
    }
    return files;
  }

  /** The packages to install that are files, which is only known after variables are expanded. */
  static List<HostFile> localPackages(ManifestDocument manifest) {
    List<HostFile> files = new ArrayList<>();
    ManifestValue packages = manifest.at("packages.install");
    if (!packages.isList()) {
      return files;
    }
    for (ManifestValue item : packages.items()) {
      if (!item.isScalar()) {
        continue;
      }
      try {
        String text = manifest.variables().expand(item.text(), Map.of());
        if (text.startsWith("/")) {
          files.add(new HostFile(Path.of(text), item.path(), item.location()));
        }
      } catch (VariableException e) {
        // Reported by the check of the format.
      }
    }
    return files;
  }

  /** The key files of the host that sources and mirrors are to be verified with. */
  static List<HostFile> keys(ManifestDocument manifest) {
    List<HostFile> files = new ArrayList<>();
    for (String path : List.of("packages.mirror", "packages.security", "bootstrapper.mirror")) {
      ManifestValue mirror = manifest.at(path);
      if (mirror.isMap()) {
        ManifestValue keys = mirror.get("signed-by");
        for (ManifestValue key : keys.isList() ? keys.items() : List.of(keys)) {
          if (key.isScalar()) {
            add(files, manifest, key, key.text());
          }
        }
      }
    }
    for (ManifestValue line : AptChecks.lines(manifest)) {
      try {
        String text = manifest.variables().expand(line.text(), Map.of());
        String keys = Source.parse("", text).options().getOrDefault("signed-by", "");
        SignedBy.values(keys).forEach(key -> add(files, manifest, line, key));
      } catch (IllegalArgumentException e) {
        // Reported by the check of the format.
      }
    }
    return files;
  }

  private static void add(
      List<HostFile> files, ManifestDocument manifest, ManifestValue place, String key) {
    if (SignedBy.isHostFile(key)) {
      files.add(new HostFile(manifest.resolve(key), place.path(), place.location()));
    }
  }
}
