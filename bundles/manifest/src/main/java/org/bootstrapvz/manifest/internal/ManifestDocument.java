/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.manifest.Release;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.api.volume.VolumeTypes;

/** A manifest as it was read. */
record ManifestDocument(
    Path file,
    Value root,
    Optional<Release> known,
    Variables variables,
    VolumeTypes volumeTypes,
    List<Secret> secrets)
    implements Manifest {

  ManifestDocument withSecrets(List<Secret> more) {
    List<Secret> all = new ArrayList<>(secrets);
    more.stream().filter(secret -> !all.contains(secret)).forEach(all::add);
    return new ManifestDocument(file, root, known, variables, volumeTypes, List.copyOf(all));
  }

  @Override
  public Path resolve(String path) {
    return file.toAbsolutePath().resolveSibling(path).normalize();
  }

  @Override
  public ManifestValue at(String path) {
    ManifestValue value = root;
    if (!path.isEmpty()) {
      for (String key : path.split("\\.")) {
        value = value.get(key);
      }
    }
    return value;
  }

  @Override
  public String name() {
    return expand(at("name").text());
  }

  @Override
  public Release release() {
    return known.orElseThrow(
        () -> new IllegalStateException(file + ": system.release is not a known release"));
  }

  @Override
  public String architecture() {
    return at("system.architecture").text();
  }

  @Override
  public String expand(String text, Map<String, String> more) {
    return variables.expand(text, more);
  }

  /** Without values: some are secret. */
  @Override
  public String toString() {
    return "Manifest[" + file + "]";
  }
}
