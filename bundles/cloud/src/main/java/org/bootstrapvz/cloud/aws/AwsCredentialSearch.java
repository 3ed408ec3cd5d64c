/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.aws;

import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.problem.Suggestion;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.cloud.aws.AwsCredentials.Kind;
import org.bootstrapvz.cloud.aws.AwsCredentials.Source;
import org.bootstrapvz.cloud.http.ConnectionException;
import org.bootstrapvz.cloud.http.HttpConnection;
import org.bootstrapvz.cloud.http.Retries;
import org.bootstrapvz.cloud.http.RetryingClient;
import org.bootstrapvz.cloud.http.Server;
import org.bootstrapvz.cloud.http.Surroundings;
import org.bootstrapvz.cloud.ledger.NoCredentialsException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Searches credentials and the region where the tools of AWS do. */
public final class AwsCredentialSearch {
  private static final Duration BUDGET = Duration.ofSeconds(20);
  private static final String ACCESS = "aws_access_key_id";
  private static final String SECRET = "aws_secret_access_key";
  private static final String ROLE = "role_arn";
  private static final String PROCESS = "credential_process";
  private static final String BASE = "source_profile";

  private final Surroundings surroundings;
  private final MetadataServices services;

  /** Creates a search that finds nothing before it is asked. */
  public AwsCredentialSearch(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.services = new MetadataServices(surroundings);
  }

  /**
   * Finds credentials: those of a profile if it is named, otherwise those in the environment, of
   * the default profile, of the container or of the instance.
   *
   * @param profile its name; empty for the default
   * @param mask receives the secrets on the way
   * @throws BuildException if there are none, with all places that were searched
   */
  public AwsCredentials find(String profile, Consumer<Secret> mask) throws BuildException {
    List<String> searched = new ArrayList<>();
    if (profile.isEmpty()) {
      Optional<AwsCredentials> variables = environment();
      if (variables.isPresent()) {
        return variables.get();
      }
      searched.add("the environment variables AWS_ACCESS_KEY_ID and AWS_ACCESS_KEY (not set)");
    }
    ProfileFiles files = ProfileFiles.read(surroundings);
    String name = profile(profile);
    Map<String, String> settings = files.profile(name);
    if (settings.isEmpty() && !(profile + surroundings.variable("AWS_PROFILE")).isEmpty()) {
      throw new BuildException(
          "There is no profile "
              + name
              + " in "
              + files
              + Suggestion.nearest(name, files.names())
                  .map(near -> ". Did you mean " + near + "?")
                  .orElse(""));
    }
    if (settings.containsKey(ACCESS)
        || settings.containsKey(ROLE)
        || settings.containsKey(PROCESS)
        || !profile.isEmpty()) {
      return new Profile(files, mask).load(name);
    }
    searched.add(
        "the profile " + name + " in " + files + (settings.isEmpty() ? " (none)" : " (no key)"));
    Optional<JsonNode> container = services.container();
    if (container.isPresent()) {
      return temporary(container.get(), new Source(Kind.CONTAINER, ""));
    }
    searched.add("the credential service of a container (AWS_CONTAINER_CREDENTIALS_* not set)");
    try {
      Optional<JsonNode> instance = services.instance();
      if (instance.isPresent()) {
        return temporary(instance.get(), new Source(Kind.INSTANCE, ""));
      }
      searched.add("the metadata service of an instance (switched off, or no role)");
    } catch (ConnectionException e) {
      searched.add("the metadata service of an instance (does not answer)");
    }
    throw new NoCredentialsException(
        "There are no credentials for AWS. Searched: "
            + String.join(", ", searched)
            + ". Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run \"aws configure\"");
  }

  /** Finds those that were found before, except for those of a manifest. */
  public AwsCredentials find(Source source, Consumer<Secret> mask) throws BuildException {
    return find(source.kind() == Kind.PROFILE ? source.name() : "", mask);
  }

  /** Returns the key in a manifest. */
  public static AwsCredentials ofManifest(String accessKey, String secretKey) {
    return AwsCredentials.permanent(accessKey, secretKey, new Source(Kind.MANIFEST, accessKey));
  }

  /**
   * Returns the region.
   *
   * @param chosen that of the manifest; empty for the default
   * @throws BuildException if there is none, with all places that were searched
   */
  public String region(String chosen, String profile) throws BuildException {
    for (String region :
        List.of(
            chosen,
            surroundings.variable("AWS_REGION"),
            surroundings.variable("AWS_DEFAULT_REGION"))) {
      if (!region.isEmpty()) {
        return region;
      }
    }
    ProfileFiles files = ProfileFiles.read(surroundings);
    String region = files.profile(profile(profile)).getOrDefault("region", "");
    if (region.isEmpty()) {
      throw new BuildException(
          "There is no region of AWS. Searched: provider.region, the environment variables"
              + " AWS_REGION and AWS_DEFAULT_REGION, and the profile "
              + profile(profile)
              + " in "
              + files
              + ". Set provider.region, for example to eu-central-1");
    }
    return region;
  }

  private String profile(String chosen) {
    if (!chosen.isEmpty()) {
      return chosen;
    }
    String variable = surroundings.variable("AWS_PROFILE");
    return variable.isEmpty() ? "default" : variable;
  }

  /** The second pair of names is that of the original bootstrap-vz. */
  private Optional<AwsCredentials> environment() throws BuildException {
    for (String[] names :
        new String[][] {
          {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}, {"AWS_ACCESS_KEY", "AWS_SECRET_KEY"}
        }) {
      String access = surroundings.variable(names[0]);
      String secret = surroundings.variable(names[1]);
      if (!access.isEmpty() && secret.isEmpty() || access.isEmpty() && !secret.isEmpty()) {
        throw new BuildException(
            "The environment has only one of the variables " + names[0] + " and " + names[1]);
      }
      if (!access.isEmpty()) {
        return Optional.of(
            new AwsCredentials(
                access,
                Secret.of(secret),
                Secret.of(surroundings.variable("AWS_SESSION_TOKEN")),
                Instant.MAX,
                new Source(Kind.ENVIRONMENT, "")));
      }
    }
    return Optional.empty();
  }

  private static AwsCredentials temporary(JsonNode answer, Source source) throws BuildException {
    String token = answer.path("Token").asString(answer.path("SessionToken").asString(""));
    String access = answer.path("AccessKeyId").asString("");
    String secret = answer.path("SecretAccessKey").asString("");
    if (access.isEmpty() || secret.isEmpty()) {
      throw new BuildException(
          "The answer of " + source + " has no AccessKeyId or no SecretAccessKey");
    }
    return new AwsCredentials(
        access,
        Secret.of(secret),
        Secret.of(token),
        expiry(answer.path("Expiration").asString("")),
        source);
  }

  private static Instant expiry(String text) {
    try {
      return text.isEmpty() ? Instant.MAX : java.time.OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      return Instant.MAX;
    }
  }

  /** Loads a profile, which may need another one. */
  private final class Profile {
    private final ProfileFiles files;
    private final Consumer<Secret> mask;
    private final Set<String> names = new LinkedHashSet<>();

    Profile(ProfileFiles files, Consumer<Secret> mask) {
      this.files = files;
      this.mask = mask;
    }

    AwsCredentials load(String name) throws BuildException {
      Map<String, String> settings = files.profile(name);
      if (settings.isEmpty()) {
        throw new BuildException("There is no profile " + name + " in " + files);
      }
      boolean again = !names.add(name);
      Source source = new Source(Kind.PROFILE, name);
      if (settings.containsKey(ROLE) && !again) {
        return assume(name, settings, source);
      }
      if (settings.containsKey(ACCESS)) {
        String secret = settings.getOrDefault(SECRET, "");
        if (secret.isEmpty()) {
          throw new BuildException("The profile " + name + " has no " + SECRET);
        }
        return new AwsCredentials(
            settings.getOrDefault(ACCESS, ""),
            Secret.of(secret),
            Secret.of(settings.getOrDefault("aws_session_token", "")),
            Instant.MAX,
            source);
      }
      if (settings.containsKey(PROCESS)) {
        return process(name, settings.getOrDefault(PROCESS, ""), source);
      }
      throw new BuildException(
          again
              ? "The profiles " + String.join(", ", names) + " need each other"
              : "The profile "
                  + name
                  + " in "
                  + files
                  + " has none of "
                  + String.join(", ", ACCESS, ROLE, PROCESS)
                  + ". For other kinds of login, set credential_process to \"aws configure"
                  + " export-credentials --profile "
                  + name
                  + "\" in a profile of its own");
    }

    private AwsCredentials process(String name, String command, Source source)
        throws BuildException {
      byte[] output = CredentialProcess.run(command, name, surroundings);
      try {
        return temporary(JsonMapper.shared().readTree(output), source);
      } catch (JacksonException e) {
        throw new BuildException("The credential_process of " + source + " printed no JSON");
      }
    }

    private AwsCredentials base(String name, Map<String, String> settings) throws BuildException {
      if (settings.containsKey(BASE)) {
        return load(settings.getOrDefault(BASE, ""));
      }
      String kind = settings.getOrDefault("credential_source", "");
      Optional<AwsCredentials> found =
          switch (kind) {
            case "Environment" -> environment();
            case "EcsContainer" -> loaded(services.container(), Kind.CONTAINER);
            case "Ec2InstanceMetadata" -> loaded(services.instance(), Kind.INSTANCE);
            default ->
                throw new BuildException(
                    "The profile "
                        + name
                        + " has role_arn without "
                        + BASE
                        + " or credential_source");
          };
      return found.orElseThrow(
          () ->
              new BuildException(
                  "The profile " + name + " needs credentials of " + kind + ": there are none"));
    }

    private Optional<AwsCredentials> loaded(Optional<JsonNode> answer, Kind kind)
        throws BuildException {
      return answer.isEmpty()
          ? Optional.empty()
          : Optional.of(temporary(answer.get(), new Source(kind, "")));
    }

    private AwsCredentials assume(String name, Map<String, String> settings, Source source)
        throws BuildException {
      if (settings.containsKey("mfa_serial")) {
        throw new BuildException(
            "The profile " + name + " asks for a code (mfa_serial), which a build cannot enter");
      }
      AwsCredentials base = base(name, settings);
      mask.accept(base.secretKey());
      mask.accept(base.token());
      String region = settings.getOrDefault("region", "us-east-1");
      AwsSession session = new AwsSession(given -> base, Clock.systemUTC(), mask, line -> {});
      Map<String, String> request = new TreeMap<>();
      request.put("RoleArn", settings.getOrDefault(ROLE, ""));
      request.put("RoleSessionName", settings.getOrDefault("role_session_name", "bootstrap-vz"));
      if (settings.containsKey("external_id")) {
        request.put("ExternalId", settings.getOrDefault("external_id", ""));
      }
      if (settings.containsKey("duration_seconds")) {
        request.put("DurationSeconds", settings.getOrDefault("duration_seconds", ""));
      }
      try (HttpConnection connection =
          new HttpConnection(
              new Server("token service of AWS", "Check the region of the profile " + name, ""),
              HttpClient.newBuilder())) {
        XmlElement answer =
            sts(connection, session, region)
                .call("AssumeRole", "does not give the role of the profile " + name, request)
                .find("AssumeRoleResult", "Credentials");
        return new AwsCredentials(
            answer.text("AccessKeyId"),
            Secret.of(answer.text("SecretAccessKey")),
            Secret.of(answer.text("SessionToken")),
            expiry(answer.text("Expiration")),
            source);
      }
    }

    private QueryApi sts(HttpConnection connection, AwsSession session, String region)
        throws BuildException {
      return new QueryApi(
          connection,
          new RetryingClient(
              connection,
              session.login("sts", region),
              new Retries(surroundings.retries().apply(BUDGET), line -> {}),
              new AwsRule()),
          new Endpoints(region, surroundings).of("sts"),
          "2011-06-15",
          (action, code) -> "");
    }
  }
}
