/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.registry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Secret;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * User name and password for a registry.
 *
 * @param username the user
 * @param password of that user
 */
record Credentials(String username, Secret password) {

  /**
   * Returns the credentials of a manifest, or of the file that it names; empty if it does not log
   * in.
   */
  static Optional<Credentials> of(Manifest manifest) throws BuildException {
    ManifestValue push = manifest.at("provider.push");
    if (push.get("username").exists()) {
      return Optional.of(
          new Credentials(push.get("username").text(), push.get("password").secret()));
    }
    ManifestValue config = push.get("config");
    if (!config.exists()) {
      return Optional.empty();
    }
    String registry = Destination.of(manifest).name().registry();
    try {
      return Optional.of(fromFile(manifest.resolve(config), registry));
    } catch (BuildException e) {
      throw new BuildException(config.location() + ": " + config.path() + ": " + e.getMessage(), e);
    }
  }

  /** Errors never quote the content of the file. */
  private static Credentials fromFile(Path file, String registry) throws BuildException {
    JsonNode config;
    try {
      config = JsonMapper.shared().readTree(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new BuildException(
          "The file "
              + file
              + (Files.exists(file) ? " cannot be read" : " is not there")
              + ". docker login or podman login writes one");
    } catch (JacksonException e) {
      throw new BuildException(
          "The file " + file + " is not JSON. Create it with docker login or podman login");
    }
    JsonNode entry = config.path("auths").path(registry);
    String encoded = entry.path("auth").asString("");
    if (encoded.isEmpty()) {
      boolean helper = config.has("credsStore") || config.path("credHelpers").has(registry);
      throw new BuildException(
          "The file "
              + file
              + " has no password for "
              + registry
              + (helper ? ", but leaves that to a program, which is not asked" : "")
              + ". Write username and password instead, or log in to "
              + registry
              + " with podman login --authfile");
    }
    try {
      String[] pair =
          new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8).split(":", 2);
      if (pair.length == 2) {
        return new Credentials(pair[0], Secret.of(pair[1]));
      }
    } catch (IllegalArgumentException e) {
      // reported below
    }
    throw new BuildException(
        "In the file "
            + file
            + " auths."
            + registry
            + ".auth is not a user name and password in Base64");
  }

  /** The value of the header {@code Authorization}. */
  String header() {
    String pair = username + ":" + password.reveal();
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }
}
