/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.ec2.connection;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.ReleaseContext;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.cloud.aws.AwsCredentialSearch;
import org.bootstrapvz.cloud.aws.AwsCredentials;
import org.bootstrapvz.cloud.aws.AwsSession;
import org.bootstrapvz.cloud.http.Surroundings;
import org.bootstrapvz.cloud.ledger.NoCredentialsException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Opens accounts of AWS. It remembers the keys of manifests, since a journal has no secrets: as
 * long as the process lives, what a build created with them can be deleted. Safe for use by several
 * threads.
 */
@Component(service = Ec2Access.class)
public final class Ec2Access {
  private static final String ACCOUNT = "account";
  private static final String REGION = "region";
  private static final String SOURCE = "source";
  private static final String SOURCE_NAME = "sourceName";

  /** A cloud that does not answer is tried again with a later build. */
  private static final Duration RELEASE_BUDGET = Duration.ofSeconds(10);

  private final Surroundings surroundings;
  private final Clock clock;
  private final Map<String, AwsCredentials> keysOfManifests = new ConcurrentHashMap<>();

  /** Uses the credentials of this process. */
  @Activate
  public Ec2Access() {
    this(Surroundings.ofThisProcess(), Clock.systemUTC());
  }

  /** Uses other surroundings. */
  public Ec2Access(Surroundings surroundings, Clock clock) {
    this.surroundings = surroundings;
    this.clock = clock;
  }

  /**
   * Opens the account of a manifest.
   *
   * @param budget how much time may be spent on failed requests
   * @param mask receives the secrets
   * @param log receives a line for each retry
   * @throws BuildException naming all that is missing of credentials and region
   */
  public Ec2 open(Manifest manifest, Duration budget, Consumer<Secret> mask, Consumer<String> log)
      throws BuildException {
    String profile = manifest.at("provider.profile").text("");
    String accessKey = manifest.at("provider.credentials.access-key").text("");
    AwsSession.Source source = secrets -> search().find(profile, secrets);
    if (!accessKey.isEmpty()) {
      AwsCredentials key =
          AwsCredentialSearch.ofManifest(
              accessKey, manifest.at("provider.credentials.secret-key").text(""));
      keysOfManifests.put(accessKey, key);
      source = secrets -> key;
    }
    return open(source, manifest.at("provider.region").text(""), profile, budget, mask, log);
  }

  /** Opens the account of a profile, or of the default credentials if it is empty. */
  public Ec2 open(String profile, Duration budget, Consumer<Secret> mask) throws BuildException {
    return open(secrets -> search().find(profile, secrets), "", profile, budget, mask, line -> {});
  }

  private AwsCredentialSearch search() {
    return new AwsCredentialSearch(surroundings);
  }

  private Ec2 open(
      AwsSession.Source source,
      String region,
      String profile,
      Duration budget,
      Consumer<Secret> mask,
      Consumer<String> log)
      throws BuildException {
    AwsSession session = new AwsSession(source, clock, mask, log);
    List<String> problems = new ArrayList<>();
    String found = "";
    boolean loggedIn = true;
    try {
      session.credentials();
    } catch (NoCredentialsException e) {
      loggedIn = false;
      problems.add(String.valueOf(e.getMessage()));
    } catch (BuildException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
    try {
      found = search().region(region, profile);
    } catch (BuildException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
    if (!problems.isEmpty()) {
      String all = String.join("\n", problems);
      throw loggedIn ? new BuildException(all) : new NoCredentialsException(all);
    }
    return new Ec2(surroundings, session, found, surroundings.retries().apply(budget), log);
  }

  /** Returns what a resource has to say about its account, to be released later. */
  public static Map<String, String> parameters(Ec2 ec2) throws BuildException {
    AwsCredentials.Source source = ec2.session().credentials().source();
    Map<String, String> parameters = new TreeMap<>();
    parameters.put(ACCOUNT, ec2.account());
    parameters.put(REGION, ec2.region());
    parameters.put(SOURCE, source.kind().name());
    parameters.put(SOURCE_NAME, source.name());
    return parameters;
  }

  /**
   * Opens the account of a resource.
   *
   * @throws BuildException if the credentials are not there, or are those of another account
   */
  public Ec2 open(ResourceSpec spec, ReleaseContext context) throws BuildException {
    AwsCredentials.Source source =
        new AwsCredentials.Source(
            AwsCredentials.Kind.valueOf(parameter(spec, SOURCE)), parameter(spec, SOURCE_NAME));
    AwsCredentials key = keysOfManifests.get(source.name());
    boolean ofManifest = source.kind() == AwsCredentials.Kind.MANIFEST;
    AwsSession.Source login =
        ofManifest && key != null ? secrets -> key : secrets -> search().find(source, secrets);
    Ec2 ec2;
    try {
      ec2 = open(login, parameter(spec, REGION), "", RELEASE_BUDGET, context::mask, context::log);
    } catch (BuildException e) {
      if (!ofManifest) {
        throw e;
      }
      throw new BuildException(
          "It was created with the key "
              + source.name()
              + " of a manifest, which is not stored. "
              + e.getMessage(),
          e);
    }
    try {
      String account = parameter(spec, ACCOUNT);
      if (!ec2.account().equals(account)) {
        throw new BuildException(
            "It belongs to the account "
                + account
                + ", but the login from "
                + ec2.session().credentials().source()
                + " is for the account "
                + ec2.account()
                + ". Nothing was deleted");
      }
      return ec2;
    } catch (BuildException e) {
      ec2.close();
      throw e;
    }
  }

  /** Returns a parameter of a resource. */
  public static String parameter(ResourceSpec spec, String name) {
    return Objects.requireNonNull(spec.parameters().get(name), name);
  }
}
