/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bootstrapvz.api.manifest.HostFile;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.manifest.Release;
import org.bootstrapvz.api.problem.Location;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.api.volume.VolumeTypes;

/**
 * A manifest that was read.
 *
 * @param file the file, as the user named it
 * @param directory where relative paths start, absolute
 */
record ManifestDocument(
    Path file,
    Path directory,
    boolean isComposed,
    Value root,
    Optional<Release> known,
    Variables variables,
    VolumeTypes volumeTypes,
    List<Secret> secrets,
    List<HostFile> hostFiles)
    implements Manifest {

  /** A manifest that was read from a file on this machine. */
  static ManifestDocument of(
      Path file,
      boolean isComposed,
      Value root,
      Optional<Release> known,
      Variables variables,
      VolumeTypes volumeTypes) {
    Path directory = file.toAbsolutePath().resolveSibling("").normalize();
    return new ManifestDocument(
        file, directory, isComposed, root, known, variables, volumeTypes, List.of(), List.of());
  }

  ManifestDocument withSecrets(List<Secret> more) {
    List<Secret> all = new ArrayList<>(secrets);
    more.stream().filter(secret -> !all.contains(secret)).forEach(all::add);
    return new ManifestDocument(
        file,
        directory,
        isComposed,
        root,
        known,
        variables,
        volumeTypes,
        List.copyOf(all),
        hostFiles);
  }

  @Override
  public ManifestDocument withHostFiles(Collection<HostFile> more) {
    SortedMap<Path, HostFile> byFile = new TreeMap<>();
    hostFiles.forEach(each -> byFile.put(each.file(), each));
    more.forEach(each -> byFile.putIfAbsent(each.file(), each));
    return new ManifestDocument(
        file,
        directory,
        isComposed,
        root,
        known,
        variables,
        volumeTypes,
        secrets,
        List.copyOf(byFile.values()));
  }

  @Override
  public LocalDateTime time() {
    return variables.time();
  }

  @Override
  public Path resolve(String path) {
    return directory.resolve(path).normalize();
  }

  /** The mark of a value names its file; that of a value from elsewhere has no line. */
  @Override
  public Path resolve(ManifestValue value) {
    Location location = value.location();
    return location.line() == 0 || location.file().equals(file)
        ? resolve(value.text())
        : location.file().toAbsolutePath().resolveSibling(value.text()).normalize();
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
  public ManifestDocument withRelease(Release release) {
    return new ManifestDocument(
        file,
        directory,
        isComposed,
        root,
        Optional.of(release),
        variables,
        volumeTypes,
        secrets,
        hostFiles);
  }

  @Override
  public String architecture() {
    return at("system.architecture").text();
  }

  @Override
  public String expand(String text, Map<String, String> more) {
    return variables.expand(text, more);
  }

  /** Without values: some of them are secret. */
  @Override
  public String toString() {
    return "Manifest[" + file + "]";
  }
}
