/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.openstack.upload;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.cloud.http.Encryption;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Who logs in to which cloud. */
final class Credentials {
  private static final String APPLICATION = "application_credential_";

  private final Source source;
  private final Map<String, String> values;

  /**
   * Where the credentials were found.
   *
   * @param cloud the name of the cloud in the file; empty for environment variables
   * @param file the file; empty for environment variables
   */
  record Source(String cloud, String file) {
    static final Source ENVIRONMENT = new Source("", "");

    /** How the source writes the name of a value. */
    private String key(String name) {
      return equals(ENVIRONMENT) ? "OS_" + name.toUpperCase(java.util.Locale.ROOT) : "auth." + name;
    }

    @Override
    public String toString() {
      return equals(ENVIRONMENT)
          ? "the environment variables OS_*"
          : "cloud " + cloud + " in " + file;
    }
  }

  /**
   * Checks the values, which have the names of clouds.yaml.
   *
   * @throws BuildException naming all values that are missing or wrong
   */
  Credentials(Source source, Map<String, String> values) throws BuildException {
    this.source = source;
    this.values = new TreeMap<>(values);
    List<String> problems = new ArrayList<>();
    require(problems, "auth_url");
    if (isApplication()) {
      require(problems, APPLICATION + "secret");
      if (!has(APPLICATION + "id")) {
        requireOne(problems, "username", "user_id");
      }
    } else {
      requireOne(problems, "username", "user_id");
      require(problems, "password");
      requireOne(problems, "project_name", "project_id");
    }
    if (has("auth_url")) {
      checkAddress(problems);
    }
    if (!problems.isEmpty()) {
      throw new BuildException(
          "The credentials for OpenStack from "
              + source
              + " are not complete: "
              + String.join("; ", problems));
    }
  }

  private void checkAddress(List<String> problems) {
    try {
      if (!Encryption.isSafe(URI.create(value("auth_url")))) {
        problems.add(
            source.key("auth_url")
                + " is \""
                + value("auth_url")
                + "\", but must start with https://, since a password is sent there");
      }
    } catch (IllegalArgumentException e) {
      problems.add(source.key("auth_url") + " is not an address: \"" + value("auth_url") + "\"");
    }
  }

  private void require(List<String> problems, String name) {
    if (!has(name)) {
      problems.add(source.key(name) + " is missing");
    }
  }

  private void requireOne(List<String> problems, String one, String other) {
    if (!has(one) && !has(other)) {
      problems.add(source.key(one) + " or " + source.key(other) + " is missing");
    }
  }

  private boolean isApplication() {
    return has(APPLICATION + "id") || has(APPLICATION + "name");
  }

  private boolean has(String name) {
    return !value(name).isEmpty();
  }

  /** Returns a value; empty if it is missing. */
  String value(String name) {
    return values.getOrDefault(name, "");
  }

  Source source() {
    return source;
  }

  /** Returns the password, or the secret of the application credential. */
  Secret secret() {
    return Secret.of(value(isApplication() ? APPLICATION + "secret" : "password"));
  }

  /** Returns the address of the request for a token. */
  URI tokens() {
    String base = value("auth_url").replaceAll("/+$", "");
    return URI.create(base + (base.endsWith("/v3") ? "" : "/v3") + "/auth/tokens");
  }

  /** Returns the body of the request for a token. It contains the password. */
  String request() {
    ObjectNode request = JsonMapper.shared().createObjectNode();
    ObjectNode auth = request.putObject("auth");
    ObjectNode identity = auth.putObject("identity");
    if (isApplication()) {
      identity.putArray("methods").add("application_credential");
      ObjectNode application = identity.putObject("application_credential");
      application.put("secret", secret().reveal());
      if (has(APPLICATION + "id")) {
        application.put("id", value(APPLICATION + "id"));
      } else {
        application.put("name", value(APPLICATION + "name"));
        putUser(application.putObject("user"));
      }
    } else {
      identity.putArray("methods").add("password");
      ObjectNode user = identity.putObject("password").putObject("user");
      putUser(user);
      user.put("password", secret().reveal());
      ObjectNode project = auth.putObject("scope").putObject("project");
      if (has("project_id")) {
        project.put("id", value("project_id"));
      } else {
        project.put("name", value("project_name"));
        putDomain(project, "project_domain");
      }
    }
    return request.toString();
  }

  private void putUser(ObjectNode user) {
    if (has("user_id")) {
      user.put("id", value("user_id"));
    } else {
      user.put("name", value("username"));
      putDomain(user, "user_domain");
    }
  }

  private void putDomain(ObjectNode owner, String key) {
    ObjectNode domain = owner.putObject("domain");
    if (has(key + "_id")) {
      domain.put("id", value(key + "_id"));
    } else {
      domain.put("name", has(key + "_name") ? value(key + "_name") : "Default");
    }
  }

  @Override
  public String toString() {
    return "credentials from " + source;
  }
}
