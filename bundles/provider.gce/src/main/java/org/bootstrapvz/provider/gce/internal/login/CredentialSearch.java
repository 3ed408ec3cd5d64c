/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.gce.internal.login;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.cloud.http.Surroundings;
import org.bootstrapvz.cloud.ledger.NoCredentialsException;

/** Searches credentials where the clients of Google do. */
public final class CredentialSearch {
  private static final Path PRODUCT = Path.of("/sys/class/dmi/id/product_name");
  private static final String KEY = "GOOGLE_APPLICATION_CREDENTIALS";
  private static final String TOKEN = "CLOUDSDK_AUTH_ACCESS_TOKEN_FILE";
  private static final List<String> PROJECTS =
      List.of("GOOGLE_CLOUD_PROJECT", "CLOUDSDK_CORE_PROJECT");

  private final Surroundings surroundings;
  private final Path product;

  /** Searches what these surroundings name. */
  public CredentialSearch(Surroundings surroundings) {
    this(surroundings, PRODUCT);
  }

  CredentialSearch(Surroundings surroundings, Path product) {
    this.surroundings = surroundings;
    this.product = product;
  }

  /**
   * Finds credentials.
   *
   * @param file a file with a key; empty to search
   * @throws BuildException if there are none, with all places that were searched
   */
  public Credentials find(String file) throws BuildException {
    if (!file.isEmpty()) {
      return CredentialFile.read(surroundings.directory().resolve(file));
    }
    List<String> searched = new ArrayList<>();
    String key = surroundings.variable(KEY);
    if (!key.isEmpty()) {
      return CredentialFile.read(surroundings.directory().resolve(key));
    }
    searched.add(KEY + " (not set)");
    String token = surroundings.variable(TOKEN);
    if (!token.isEmpty()) {
      Path path = surroundings.directory().resolve(token).normalize();
      return new TokenFile(new Source(Source.Kind.TOKEN_FILE, path.toString()));
    }
    searched.add(TOKEN + " (not set)");
    Path wellKnown = wellKnown();
    if (Files.exists(wellKnown)) {
      return CredentialFile.read(wellKnown);
    }
    searched.add(wellKnown + " (not there)");
    Optional<Gcloud> gcloud = Gcloud.find(surroundings);
    if (gcloud.isPresent()) {
      Optional<String> problem = gcloud.get().problem();
      if (problem.isEmpty()) {
        return gcloud.get();
      }
      searched.add("gcloud (" + problem.get() + ")");
    } else {
      searched.add("gcloud (not in PATH)");
    }
    Optional<MetadataServer> metadata = MetadataServer.find(surroundings, product);
    if (metadata.isPresent()) {
      return metadata.get();
    }
    searched.add("the metadata server (this is not a machine of Google Compute Engine)");
    throw new NoCredentialsException(
        "There are no credentials for Google Cloud. Searched: "
            + String.join(", ", searched)
            + ". Set "
            + KEY
            + " to a file with the key of a service account, or run \"gcloud auth login\"");
  }

  /** Finds those that were found before. */
  public Credentials find(Source source) throws BuildException {
    return switch (source.kind()) {
      case KEY_FILE -> CredentialFile.read(Path.of(source.file()));
      case TOKEN_FILE -> new TokenFile(source);
      case GCLOUD ->
          Gcloud.find(surroundings).orElseThrow(() -> gone("gcloud is not in PATH any more"));
      case METADATA ->
          MetadataServer.find(surroundings, product)
              .orElseThrow(() -> gone("this is not a machine of Google Compute Engine"));
    };
  }

  private static BuildException gone(String why) {
    return new BuildException("There are no credentials for Google Cloud: " + why);
  }

  /** Returns the project to list; the credentials' own if no variable names one. */
  public String project(Credentials credentials) throws BuildException {
    for (String variable : PROJECTS) {
      if (!surroundings.variable(variable).isEmpty()) {
        return surroundings.variable(variable);
      }
    }
    String project = credentials.project();
    if (project.isEmpty()) {
      throw new BuildException(
          "The credentials from "
              + credentials.source()
              + " belong to no project. Set "
              + PROJECTS.get(0));
    }
    return project;
  }

  private Path wellKnown() {
    String directory = surroundings.variable("CLOUDSDK_CONFIG");
    return (directory.isEmpty()
            ? surroundings.home().resolve(".config/gcloud")
            : surroundings.directory().resolve(directory))
        .resolve("application_default_credentials.json");
  }
}
