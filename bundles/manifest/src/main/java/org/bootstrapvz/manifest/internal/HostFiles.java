/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.manifest.HostFile;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
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
}
