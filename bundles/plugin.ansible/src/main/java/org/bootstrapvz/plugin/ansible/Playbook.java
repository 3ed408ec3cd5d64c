/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.ansible;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bootstrapvz.api.manifest.HostFile;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;

/**
 * The playbook of a manifest, and the files that Ansible reads next to it and next to the manifest.
 *
 * @param setting the value that names it
 * @param file its path on the host
 * @param manifestDirectory the directory of the manifest
 */
record Playbook(ManifestValue setting, Path file, Path manifestDirectory) {
  private static final String CONFIGURATION = "ansible.cfg";

  /** The files and directories that Ansible finds by their names. */
  private static final List<String> CONTENT =
      List.of(
          CONFIGURATION,
          "action_plugins",
          "collections",
          "files",
          "filter_plugins",
          "group_vars",
          "handlers",
          "host_vars",
          "library",
          "lookup_plugins",
          "module_utils",
          "roles",
          "tasks",
          "templates",
          "vars");

  static Playbook of(Manifest manifest) {
    ManifestValue setting = manifest.at(AnsiblePlugin.SETTINGS).get("playbook");
    Path file = manifest.resolve(setting);
    return new Playbook(setting, file, manifest.resolve("."));
  }

  /** Returns the directory of the playbook. */
  Path directory() {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? manifestDirectory : parent;
  }

  /** The directories in which roles, collections and settings are searched, the nearest first. */
  private Stream<Path> directories() {
    return Stream.of(directory(), manifestDirectory.toAbsolutePath().normalize()).distinct();
  }

  /** Returns the settings of Ansible that belong to the playbook or to the manifest. */
  Optional<Path> configuration() {
    return directories()
        .map(directory -> directory.resolve(CONFIGURATION))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /** Returns a search path of Ansible: a directory of this name next to playbook and manifest. */
  String searchPath(String name) {
    return String.join(
        ":", directories().map(directory -> directory.resolve(name).toString()).toList());
  }

  /** A playbook in a directory of its own can read all files of that directory. */
  List<HostFile> hostFiles() {
    List<Path> files = new ArrayList<>();
    Path manifests = manifestDirectory.toAbsolutePath().normalize();
    if (!manifests.startsWith(directory().normalize()) && Files.isDirectory(directory())) {
      files.add(directory());
    }
    directories()
        .flatMap(directory -> CONTENT.stream().map(directory::resolve))
        .filter(Files::exists)
        .forEach(files::add);
    return files.stream()
        .map(each -> new HostFile(each.normalize(), setting.path(), setting.location()))
        .toList();
  }
}
