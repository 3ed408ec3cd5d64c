/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.gce.internal.login;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.cloud.http.Encryption;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads files with credentials. Errors never quote their content. */
final class CredentialFile {
  private static final String TOKEN_URI = "https://oauth2.googleapis.com/token";

  private final Source source;
  private final JsonNode content;
  private final List<String> problems = new ArrayList<>();

  private CredentialFile(Source source, JsonNode content) {
    this.source = source;
    this.content = content;
  }

  /** Reads the key of a service account or the login of a user. */
  static Credentials read(Path file) throws BuildException {
    Source source = new Source(Source.Kind.KEY_FILE, file.toAbsolutePath().normalize().toString());
    JsonNode content;
    try {
      content = JsonMapper.shared().readTree(Files.readString(file));
    } catch (IOException e) {
      throw new BuildException("The file " + file + " with credentials cannot be read", e);
    } catch (JacksonException e) {
      throw new BuildException(
          "The file "
              + file
              + " is not JSON, as the key of a service account is. Keys in the old form P12 are"
              + " not supported: create one in JSON");
    }
    return new CredentialFile(source, content).credentials();
  }

  private Credentials credentials() throws BuildException {
    String type = content.path("type").asString("");
    Credentials credentials =
        switch (type) {
          case "service_account" ->
              new ServiceAccountKey(
                  source,
                  content.path("project_id").asString(""),
                  required("client_email"),
                  required("private_key_id"),
                  Secret.of(required("private_key")),
                  tokenUri());
          case "authorized_user" ->
              new UserLogin(
                  source,
                  content.path("quota_project_id").asString(""),
                  required("client_id"),
                  Secret.of(required("client_secret")),
                  Secret.of(required("refresh_token")),
                  tokenUri());
          default ->
              throw new BuildException(
                  "Credentials in "
                      + source
                      + (type.isEmpty() ? " have no type" : " are of the type \"" + type + "\"")
                      + ". Use the key of a service account (service_account) or the login of a"
                      + " user (authorized_user)");
        };
    if (!problems.isEmpty()) {
      throw new BuildException(
          "The credentials in " + source + " are not complete: " + String.join("; ", problems));
    }
    if (credentials instanceof ServiceAccountKey key) {
      key.key();
    }
    return credentials;
  }

  private String required(String name) {
    String value = content.path(name).asString("");
    if (value.isEmpty()) {
      problems.add(name + " is missing");
    }
    return value;
  }

  private URI tokenUri() {
    String text = content.path("token_uri").asString(TOKEN_URI);
    try {
      URI address = URI.create(text);
      if (Encryption.isSafe(address)) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      // Reported below.
    }
    problems.add("token_uri is \"" + text + "\", but must start with https://");
    return URI.create(TOKEN_URI);
  }
}
