/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.oracle.upload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.problem.Suggestion;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.cloud.http.Surroundings;
import org.bootstrapvz.cloud.ledger.NoCredentialsException;

/**
 * Searches credentials where the OCI command line tool does: a profile in the configuration file,
 * whose values environment variables replace.
 */
final class CredentialSearch {
  private static final String PREFIX = "OCI_CLI_";
  private static final Pattern SECTION = Pattern.compile("\\[(.+)]");
  private static final Pattern SETTING = Pattern.compile("([A-Za-z_]+)\\s*=\\s*(.*)");

  /** The settings of a profile, and the variables that replace them. */
  private static final Map<String, String> VARIABLES =
      new TreeMap<>(
          Map.of(
              "user", "USER",
              "tenancy", "TENANCY",
              "fingerprint", "FINGERPRINT",
              "region", "REGION",
              "key_file", "KEY_FILE",
              "key_content", "KEY_CONTENT",
              "pass_phrase", "PASSPHRASE"));

  private final Surroundings surroundings;

  CredentialSearch(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * Finds credentials.
   *
   * @param profile in the configuration file; empty for the default
   * @throws BuildException if there are none, with all places that were searched
   */
  Credentials find(String profile) throws BuildException {
    String variable = surroundings.variable(PREFIX + "PROFILE");
    String chosen = profile.isEmpty() ? variable : profile;
    Path file = file();
    if (!Files.exists(file)) {
      boolean named = !profile.isEmpty();
      if (named || surroundings.variable(PREFIX + "USER").isEmpty()) {
        throw new NoCredentialsException(
            "There are no credentials for Oracle Cloud Infrastructure. Searched: "
                + (named ? "" : PREFIX + "USER (not set), ")
                + file
                + " (not there). Run \"oci setup config\", or write the file as the console shows it"
                + " when an API key is added");
      }
      return read(new Credentials.Source("", ""), new HashMap<>());
    }
    return find(new Credentials.Source(file.toString(), chosen.isEmpty() ? "DEFAULT" : chosen));
  }

  /** Finds those that were found before. */
  Credentials find(Credentials.Source source) throws BuildException {
    return read(
        source,
        source.file().isEmpty()
            ? new HashMap<>()
            : profile(Path.of(source.file()), source.profile()));
  }

  private Path file() {
    String chosen = surroundings.variable(PREFIX + "CONFIG_FILE");
    return (chosen.isEmpty()
            ? surroundings.home().resolve(".oci/config")
            : surroundings.directory().resolve(expanded(chosen)))
        .toAbsolutePath()
        .normalize();
  }

  /** A tilde is the home directory. */
  private String expanded(String path) {
    return path.startsWith("~/") ? surroundings.home() + path.substring(1) : path;
  }

  /** A profile inherits what is in DEFAULT. Errors never quote the file. */
  private static Map<String, String> profile(Path file, String name) throws BuildException {
    Map<String, Map<String, String>> profiles = new TreeMap<>();
    String section = "";
    try {
      for (String line : Files.readAllLines(file)) {
        Matcher header = SECTION.matcher(line.strip());
        Matcher setting = SETTING.matcher(line.strip());
        if (header.matches()) {
          section = header.group(1);
          profiles.putIfAbsent(section, new HashMap<>());
        } else if (setting.matches() && profiles.containsKey(section)) {
          profiles.get(section).put(setting.group(1), setting.group(2).strip());
        }
      }
    } catch (IOException e) {
      throw new BuildException("The configuration file " + file + " cannot be read", e);
    }
    if (!profiles.containsKey(name)) {
      throw new BuildException(
          "The configuration file "
              + file
              + " has no profile "
              + name
              + Suggestion.nearest(name, profiles.keySet())
                  .map(near -> ". Did you mean " + near + "?")
                  .orElse(
                      profiles.isEmpty()
                          ? ""
                          : ". It has: " + String.join(", ", profiles.keySet())));
    }
    Map<String, String> values = new HashMap<>(profiles.getOrDefault("DEFAULT", Map.of()));
    values.putAll(profiles.get(name));
    return values;
  }

  private Credentials read(Credentials.Source source, Map<String, String> values)
      throws BuildException {
    VARIABLES.forEach(
        (name, variable) -> {
          String value = surroundings.variable(PREFIX + variable);
          if (!value.isEmpty()) {
            values.put(name, value);
          }
        });
    List<String> problems = new ArrayList<>();
    for (String name : List.of("tenancy", "user", "fingerprint")) {
      require(source, values, name, problems);
    }
    if (!values.containsKey("key_content")) {
      require(source, values, "key_file", problems);
    }
    if (!problems.isEmpty()) {
      throw new BuildException(
          "The credentials for Oracle Cloud Infrastructure from "
              + source
              + " are not complete: "
              + String.join("; ", problems)
              + (values.containsKey("security_token_file")
                  ? ". Session tokens are not supported: add an API key"
                  : ""));
    }
    return credentials(source, values);
  }

  private static void require(
      Credentials.Source source, Map<String, String> values, String name, List<String> problems) {
    if (values.getOrDefault(name, "").isEmpty()) {
      problems.add((source.file().isEmpty() ? PREFIX + VARIABLES.get(name) : name) + " is missing");
    }
  }

  private Credentials credentials(Credentials.Source source, Map<String, String> values)
      throws BuildException {
    Secret passphrase = Secret.of(values.getOrDefault("pass_phrase", ""));
    String content = values.getOrDefault("key_content", "");
    String place = source.toString();
    if (content.isEmpty()) {
      Path file =
          surroundings
              .directory()
              .resolve(expanded(values.getOrDefault("key_file", "")))
              .normalize();
      place = file.toString();
      try {
        content = Files.readString(file);
      } catch (IOException e) {
        throw new BuildException(
            "The key file " + file + " of the credentials from " + source + " cannot be read", e);
      }
    }
    RSAPrivateCrtKey key = PrivateKeyFile.read(place, content, passphrase);
    String fingerprint = values.getOrDefault("fingerprint", "");
    if (!PrivateKeyFile.fingerprint(key).equalsIgnoreCase(fingerprint)) {
      throw new BuildException(
          "The key in "
              + place
              + " has the fingerprint "
              + PrivateKeyFile.fingerprint(key)
              + ", but that of the credentials from "
              + source
              + " is "
              + fingerprint
              + ". Correct one of them");
    }
    List<Secret> secrets = new ArrayList<>(List.of(Secret.of(content)));
    if (!passphrase.reveal().isEmpty()) {
      secrets.add(passphrase);
    }
    return new Credentials(
        source,
        values.getOrDefault("tenancy", ""),
        values.getOrDefault("user", ""),
        fingerprint,
        values.getOrDefault("region", ""),
        key,
        secrets);
  }
}
