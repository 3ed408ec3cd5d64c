/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.ansible;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.task.Build;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The files of one run of Ansible, in a directory that only the user who builds can enter.
 *
 * @param inventory the image as the only host, in its groups
 * @param variables the extra variables
 * @param plugins the directory with the connection into the image
 * @param empty a file of settings without any
 */
record AnsibleFiles(Path inventory, Path variables, Path plugins, Path empty) {
  private static final String CONNECTION = "image_root";

  /** Deleted with the other temporary files of the image. */
  private static final String REMOTE_TEMPORARY = "/tmp/.ansible";

  static AnsibleFiles writeTo(Path folder, Build build) throws IOException {
    ManifestValue settings = build.manifest().at(AnsiblePlugin.SETTINGS);
    AnsibleFiles files =
        new AnsibleFiles(
            folder.resolve("inventory.json"),
            folder.resolve("variables.json"),
            folder.resolve("plugins"),
            folder.resolve("empty.cfg"));
    Files.writeString(files.inventory, json(inventory(build, settings)));
    if (settings.get("extra_vars").exists()) {
      Files.writeString(files.variables, json(settings.get("extra_vars").data()));
    }
    Files.createDirectory(files.plugins);
    String name = CONNECTION + ".py";
    try (InputStream code =
        Objects.requireNonNull(AnsibleFiles.class.getResourceAsStream(name), name)) {
      Files.copy(code, files.plugins.resolve(name));
    }
    Files.createFile(files.empty);
    return files;
  }

  private static String json(@Nullable Object data) {
    return JsonMapper.shared().writeValueAsString(data);
  }

  /** The name of the host in the inventory. */
  static String hostName(Manifest manifest) {
    ManifestValue name = manifest.at("system.hostname");
    return name.exists() ? manifest.expand(name.text()) : "image";
  }

  private static Map<String, Object> inventory(Build build, ManifestValue settings) {
    String host = hostName(build.manifest());
    Map<String, Object> variables = new LinkedHashMap<>();
    variables.put("ansible_connection", CONNECTION);
    variables.put(
        "ansible_python_interpreter", "/usr/bin/" + Interpreter.of(build.manifest().release()));
    variables.put("ansible_remote_tmp", REMOTE_TEMPORARY);
    variables.put("bootstrapvz_root", build.root().path().toString());
    Map<String, Object> groups = new LinkedHashMap<>();
    for (String group : settings.get("groups").texts()) {
      groups.put(group, Map.of("hosts", Map.of(host, Map.of())));
    }
    return Map.of("all", Map.of("hosts", Map.of(host, variables), "children", groups));
  }
}
