/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.openstack.upload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.problem.Suggestion;
import org.bootstrapvz.cloud.http.Surroundings;
import org.bootstrapvz.cloud.ledger.NoCredentialsException;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Searches credentials where the clients of OpenStack do: environment variables and the files
 * clouds.yaml and secure.yaml.
 */
final class CredentialSearch {
  private static final Path SYSTEM = Path.of("/etc/openstack");
  private static final List<String> SETTINGS = List.of("region_name", "interface");

  private final Surroundings surroundings;
  private final Path system;

  CredentialSearch(Surroundings surroundings) {
    this(surroundings, SYSTEM);
  }

  CredentialSearch(Surroundings surroundings, Path system) {
    this.surroundings = surroundings;
    this.system = system;
  }

  /**
   * Finds credentials.
   *
   * @param cloud the name of a cloud in clouds.yaml; empty for OS_CLOUD, the other variables, or
   *     the only cloud of the file
   * @throws BuildException if there are none, with all places that were searched
   */
  Credentials find(String cloud) throws BuildException {
    String name = cloud.isEmpty() ? surroundings.variable("OS_CLOUD") : cloud;
    if (name.isEmpty() && !surroundings.variable("OS_AUTH_URL").isEmpty()) {
      return new Credentials(Credentials.Source.ENVIRONMENT, fromEnvironment());
    }
    for (Path file : files()) {
      if (Files.exists(file)) {
        return inFile(file, name);
      }
    }
    List<String> searched = new ArrayList<>();
    if (name.isEmpty()) {
      searched.add("the environment variables OS_CLOUD and OS_AUTH_URL (not set)");
    }
    files().forEach(file -> searched.add(file + " (not there)"));
    throw new NoCredentialsException(
        "There are no credentials for OpenStack"
            + (name.isEmpty() ? "" : ": no file describes the cloud " + name)
            + ". Searched: "
            + String.join(", ", searched)
            + ". Write a clouds.yaml, or set the variables of an openrc file");
  }

  /** Finds those that were found before. */
  Credentials find(Credentials.Source source) throws BuildException {
    return source.equals(Credentials.Source.ENVIRONMENT)
        ? new Credentials(source, fromEnvironment())
        : inFile(Path.of(source.file()), source.cloud());
  }

  private List<Path> files() {
    String chosen = surroundings.variable("OS_CLIENT_CONFIG_FILE");
    if (!chosen.isEmpty()) {
      return List.of(surroundings.directory().resolve(chosen));
    }
    return Stream.of(
            surroundings.directory(), surroundings.home().resolve(".config/openstack"), system)
        .map(directory -> directory.resolve("clouds.yaml"))
        .toList();
  }

  private Map<String, String> fromEnvironment() {
    Map<String, String> values = new TreeMap<>();
    surroundings
        .variables()
        .forEach(
            (name, value) -> {
              if (name.startsWith("OS_")) {
                values.put(name.substring("OS_".length()).toLowerCase(Locale.ROOT), value);
              }
            });
    for (String part : List.of("name", "id")) {
      String tenant = values.getOrDefault("tenant_" + part, "");
      if (!tenant.isEmpty()) {
        values.putIfAbsent("project_" + part, tenant);
      }
    }
    return values;
  }

  private Credentials inFile(Path file, String name) throws BuildException {
    Map<String, ?> clouds = clouds(file);
    String chosen = name;
    if (chosen.isEmpty() && clouds.size() == 1) {
      chosen = clouds.keySet().iterator().next();
    }
    if (chosen.isEmpty()) {
      throw new BuildException(
          file
              + " describes several clouds: "
              + String.join(", ", clouds.keySet())
              + ". Name one in provider.upload.cloud or OS_CLOUD");
    }
    Object cloud = clouds.get(chosen);
    if (!(cloud instanceof Map)) {
      Optional<String> nearest = Suggestion.nearest(chosen, clouds.keySet());
      throw new BuildException(
          file
              + " does not describe the cloud "
              + chosen
              + nearest.map(near -> ". Did you mean " + near + "?").orElse("")
              + (nearest.isEmpty() ? ". It has: " + String.join(", ", clouds.keySet()) : ""));
    }
    Map<String, String> values = new TreeMap<>();
    addTo(values, map(cloud));
    Path secure = file.resolveSibling("secure.yaml");
    if (Files.exists(secure)) {
      addTo(values, map(clouds(secure).get(chosen)));
    }
    return new Credentials(
        new Credentials.Source(chosen, file.toAbsolutePath().normalize().toString()), values);
  }

  private static void addTo(Map<String, String> values, Map<String, Object> cloud) {
    map(cloud.get("auth")).forEach((key, value) -> values.put(key, String.valueOf(value)));
    for (String key : SETTINGS) {
      if (cloud.get(key) != null) {
        values.put(key, String.valueOf(cloud.get(key)));
      }
    }
  }

  /** Errors never quote the content of the file. */
  private static Map<String, Object> clouds(Path file) throws BuildException {
    Object document;
    try {
      document = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
    } catch (IOException e) {
      throw new BuildException("The file " + file + " cannot be read", e);
    } catch (YAMLException e) {
      throw new BuildException("The file " + file + " is not YAML");
    }
    Map<String, Object> clouds = map(map(document).get("clouds"));
    if (clouds.isEmpty()) {
      throw new BuildException("The file " + file + " describes no cloud: it has no key clouds");
    }
    return clouds;
  }

  private static Map<String, Object> map(@org.jspecify.annotations.Nullable Object value) {
    Map<String, Object> map = new TreeMap<>();
    if (value instanceof Map<?, ?> given) {
      given.forEach(
          (key, each) -> {
            if (each != null) {
              map.put(String.valueOf(key), each);
            }
          });
    }
    return map;
  }
}
