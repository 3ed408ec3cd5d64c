/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The list of the files of the host that a manifest names is complete: code that resolves a path of
 * a manifest reads a value that a schema marks with {@code hostFile}, or that {@code
 * Extension.hostFiles} names.
 */
class HostFileMarksTest {
  private static final Path BUNDLES = Path.of("..");
  private static final Pattern RESOLVING =
      Pattern.compile("(?i)\\bmanifest(\\(\\))?\\s*\\.resolve\\(");

  private static final String BASE =
      "manifest/src/main/resources/org/bootstrapvz/manifest/internal/schema.json";

  /** The values that a source file resolves: a schema and paths in it, or a class and a method. */
  private static final Map<String, List<String>> RESOLVED = new TreeMap<>();

  static {
    RESOLVED.put("common/apt/ValidateTrustedKeys", List.of(BASE + "#packages.trusted-keys.[]"));
    RESOLVED.put("common/apt/TrustedKeys", List.of(BASE + "#packages.trusted-keys.[]"));
    RESOLVED.put("common/bootstrap/BaseSystem", List.of(BASE + "#bootstrapper.keyring"));
    for (String user : List.of("AdminUserPublicKey", "CheckPublicKeyFile")) {
      RESOLVED.put("plugin/admin_user/" + user, List.of(plugin("admin-user") + "#pubkey"));
    }
    String fileCopy = plugin("file-copy");
    RESOLVED.put("plugin/file_copy/FileCopyCommand", List.of(fileCopy + "#files.[].src"));
    RESOLVED.put("plugin/file_copy/CopyTrees", List.of(fileCopy + "#trees.[].src"));
    RESOLVED.put(
        "plugin/file_copy/ValidateFiles",
        List.of(fileCopy + "#files.[].src", fileCopy + "#trees.[].src"));
    for (String user : List.of("AddKeys", "CheckKeyFiles")) {
      RESOLVED.put(
          "plugin/accounts/" + user, List.of(plugin("accounts") + "#users.[].key_files.[]"));
    }
    for (String user : List.of("CheckUnitFiles", "UnitFile")) {
      RESOLVED.put(
          "plugin/units/" + user,
          List.of(plugin("units") + "#install.[].src", plugin("units") + "#drop_ins.[].src"));
    }
    for (String user : List.of("CreateFromFolder", "CreateFromImage", "CheckCopy")) {
      RESOLVED.put(
          "plugin/prebootstrapped/" + user,
          List.of(plugin("prebootstrapped") + "#image", plugin("prebootstrapped") + "#folder"));
    }
    RESOLVED.put(
        "plugin/pip/internal/PackageIndex",
        Stream.of("pip3_install/Pip3InstallPlugin", "pip_install/PipInstallPlugin")
            .map(
                user ->
                    "plugin.pip3-install/src/main/java/org/bootstrapvz/plugin/" + user + ".java")
            .toList());
    for (String user : List.of("CheckAssetsPath", "CopyPuppetAssets")) {
      RESOLVED.put("plugin/puppet/" + user, List.of(plugin("puppet") + "#assets"));
    }
    for (String user : List.of("CheckManifestPath", "ApplyPuppetManifest")) {
      RESOLVED.put("plugin/puppet/" + user, List.of(plugin("puppet") + "#manifest"));
    }
    for (String user : List.of("CheckModules", "InstallModules")) {
      RESOLVED.put(
          "plugin/puppet/" + user,
          List.of("plugin.puppet/src/main/java/org/bootstrapvz/plugin/puppet/PuppetPlugin.java"));
    }
    RESOLVED.put(
        "plugin/ansible/Playbook",
        List.of(
            plugin("ansible") + "#playbook",
            "plugin.ansible/src/main/java/org/bootstrapvz/plugin/ansible/AnsiblePlugin.java"));
    for (String user : List.of("CheckAssetsPath", "CopyChefAssets")) {
      RESOLVED.put("plugin/chef/" + user, List.of(plugin("chef") + "#assets"));
    }
    for (String user : List.of("CheckImages", "PullDockerImages")) {
      RESOLVED.put(
          "plugin/docker_daemon/" + user,
          List.of(
              "plugin.docker-daemon/src/main/java/org/bootstrapvz/plugin/docker_daemon/"
                  + "DockerDaemonPlugin.java"));
    }
    RESOLVED.put(
        "plugin/google_cloud_repo/AddGoogleCloudRepoKey",
        List.of(plugin("google-cloud-repo") + "#key"));
    RESOLVED.put(
        "provider/azure/packages/Waagent",
        List.of(
            "provider.azure/src/main/resources/org/bootstrapvz/provider/azure/internal/schema.json"
                + "#provider.waagent.conf"));
    RESOLVED.put(
        "provider/gce/image/Google",
        List.of(
            "provider.gce/src/main/resources/org/bootstrapvz/provider/gce/internal/schema.json"
                + "#provider.upload.credentials"));
    RESOLVED.put(
        "provider/docker/registry/Credentials",
        List.of(
            "provider.docker/src/main/resources/org/bootstrapvz/provider/docker/internal/schema.json"
                + "#provider.push.config"));
    RESOLVED.put(
        "provider/virtualbox/guest_additions/CheckGuestAdditionsPath",
        List.of(
            "provider.virtualbox/src/main/resources/org/bootstrapvz/provider/virtualbox/internal/"
                + "schema.json#provider.guest_additions"));
  }

  private static String plugin(String name) {
    return "plugin."
        + name
        + "/src/main/resources/org/bootstrapvz/plugin/"
        + name.replace('-', '_')
        + "/schema.json";
  }

  /** The source files of providers, plugins and tasks that resolve a path of a manifest. */
  private static TreeSet<String> resolving() throws IOException {
    TreeSet<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(BUNDLES)) {
      for (Path file :
          files.filter(f -> f.toString().matches(".*/src/main/java/.*\\.java")).toList()) {
        String path = file.toString();
        if (path.matches("\\.\\./(common|plugin\\.[^/]+|provider\\.[^/]+)/.*")
            && RESOLVING.matcher(Files.readString(file)).find()) {
          found.add(
              path.replaceFirst(".*/src/main/java/org/bootstrapvz/", "")
                  .replaceFirst("\\.java$", ""));
        }
      }
    }
    return found;
  }

  @Test
  void theTableNamesEverySourceFileThatResolvesAPathOfAManifest() throws IOException {
    assertEquals(RESOLVED.keySet(), resolving());
  }

  @Test
  void everyResolvedValueIsInTheListOfHostFiles() throws IOException {
    List<String> missing = new ArrayList<>();
    for (String value : new TreeSet<>(RESOLVED.values().stream().flatMap(List::stream).toList())) {
      String[] parts = value.split("#");
      Path file = BUNDLES.resolve(parts[0]);
      if (parts.length == 1) {
        assertTrue(Files.readString(file).contains("hostFiles(Manifest manifest)"), value);
        continue;
      }
      JsonNode schema = JsonMapper.shared().readTree(Files.readString(file));
      for (String key : parts[1].split("\\.")) {
        schema = key.equals("[]") ? schema.path("items") : schema.path("properties").path(key);
      }
      if (!schema.path("hostFile").asBoolean(false)) {
        missing.add(value);
      }
    }
    assertEquals(List.of(), missing);
  }
}
