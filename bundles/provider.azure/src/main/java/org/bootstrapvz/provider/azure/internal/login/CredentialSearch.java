/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.azure.internal.login;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.cloud.http.ConnectionException;
import org.bootstrapvz.cloud.http.Surroundings;
import org.bootstrapvz.cloud.ledger.NoCredentialsException;
import org.bootstrapvz.cloud.login.LoginCommand;

/** Searches credentials where the clients of Azure do. */
public final class CredentialSearch {
  private static final Path ASSET = Path.of("/sys/class/dmi/id/chassis_asset_tag");
  private static final String TENANT = "AZURE_TENANT_ID";
  private static final String CLIENT = "AZURE_CLIENT_ID";
  private static final String SECRET = "AZURE_CLIENT_SECRET";
  private static final String CERTIFICATE = "AZURE_CLIENT_CERTIFICATE_PATH";
  private static final String SUBSCRIPTION = "AZURE_SUBSCRIPTION_ID";

  /** What an id, or the name of a tenant, consists of. */
  private static final String ID = "[A-Za-z0-9.-]+";

  private final Surroundings surroundings;
  private final Path asset;

  /** Searches what these surroundings name. */
  public CredentialSearch(Surroundings surroundings) {
    this(surroundings, ASSET);
  }

  CredentialSearch(Surroundings surroundings, Path asset) {
    this.surroundings = surroundings;
    this.asset = asset;
  }

  /**
   * Finds credentials.
   *
   * @param subscription for which they are used; empty for the default
   * @throws BuildException if there are none, with all places that were searched
   */
  public Credentials find(String subscription, Endpoints endpoints) throws BuildException {
    List<String> searched = new ArrayList<>();
    if (!surroundings.variable(SECRET).isEmpty()) {
      return secret(endpoints);
    }
    searched.add(
        SECRET
            + " (not set"
            + (surroundings.variable(CERTIFICATE).isEmpty()
                ? ""
                : "; " + CERTIFICATE + " is, but certificates are not supported")
            + ")");
    Optional<ManagedIdentity> identity =
        ManagedIdentity.find(surroundings, asset, surroundings.variable(CLIENT), endpoints);
    if (identity.isPresent()) {
      Optional<String> problem = problem(identity.get());
      if (problem.isEmpty()) {
        return identity.get();
      }
      searched.add(identity.get().source() + " (" + problem.get() + ")");
    } else {
      searched.add("the managed identity (this is not a machine of Azure)");
    }
    String wanted = subscription.isEmpty() ? surroundings.variable(SUBSCRIPTION) : subscription;
    Optional<Az> az = az(new Source(Source.Kind.AZ, "", wanted), endpoints);
    if (az.isPresent()) {
      Optional<String> problem = az.get().problem();
      if (problem.isEmpty()) {
        return az.get();
      }
      searched.add("az (" + problem.get() + ")");
    } else {
      searched.add("az (not in PATH)");
    }
    throw new NoCredentialsException(
        "There are no credentials for Azure. Searched: "
            + String.join(", ", searched)
            + ". Set "
            + String.join(", ", TENANT, CLIENT, SECRET)
            + ", or run \"az login\"");
  }

  private static Optional<String> problem(ManagedIdentity identity) throws BuildException {
    try {
      return identity.problem();
    } catch (ConnectionException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** Finds those that were found before. */
  public Credentials find(Source source, Endpoints endpoints) throws BuildException {
    return switch (source.kind()) {
      case ENVIRONMENT -> {
        Credentials found = secret(endpoints);
        if (!found.source().equals(source)) {
          throw gone(CLIENT + " is another one than " + source.client());
        }
        yield found;
      }
      case MANAGED_IDENTITY ->
          ManagedIdentity.find(surroundings, asset, source.client(), endpoints)
              .orElseThrow(() -> gone("this is not a machine of Azure"));
      case AZ -> az(source, endpoints).orElseThrow(() -> gone("az is not in PATH any more"));
    };
  }

  private static BuildException gone(String why) {
    return new BuildException("There are no credentials for Azure: " + why);
  }

  private Optional<Az> az(Source source, Endpoints endpoints) {
    return LoginCommand.find("az", surroundings).map(command -> new Az(source, command, endpoints));
  }

  private Credentials secret(Endpoints endpoints) throws BuildException {
    List<String> problems = new ArrayList<>();
    for (String variable : List.of(TENANT, CLIENT)) {
      String value = surroundings.variable(variable);
      if (value.isEmpty()) {
        problems.add(variable + " is not set");
      } else if (!value.matches(ID)) {
        problems.add(variable + " is \"" + value + "\", which is not an id");
      }
    }
    if (surroundings.variable(SECRET).isEmpty()) {
      problems.add(SECRET + " is not set");
    }
    if (!problems.isEmpty()) {
      throw new BuildException(
          "The credentials for Azure from the environment variables AZURE_* are not complete: "
              + String.join("; ", problems));
    }
    return new ClientSecret(
        new Source(Source.Kind.ENVIRONMENT, surroundings.variable(CLIENT), ""),
        surroundings.variable(TENANT),
        Secret.of(surroundings.variable(SECRET)),
        endpoints);
  }

  /**
   * Returns the subscription to use.
   *
   * @param wanted the one of the manifest; empty if it names none
   */
  public String subscription(String wanted, Credentials credentials) throws BuildException {
    String named = wanted.isEmpty() ? surroundings.variable(SUBSCRIPTION) : wanted;
    String subscription = named.isEmpty() ? credentials.subscription() : named;
    if (!subscription.matches(ID)) {
      throw new BuildException(
          subscription.isEmpty()
              ? "The credentials from "
                  + credentials.source()
                  + " are for no subscription. Set provider.upload.subscription or "
                  + SUBSCRIPTION
              : "\"" + subscription + "\" is not the id of a subscription: az account list");
    }
    return subscription;
  }
}
