/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.oracle.upload;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.cloud.http.Surroundings;

/** What the journal of a build has about the cloud of a resource: all but the credentials. */
final class Journal {
  private static final String TENANCY = "account";
  private static final String REGION = "region";
  private static final String FILE = "file";
  private static final String PROFILE = "profile";
  private static final String OBJECTS = "objects";
  private static final String COMPUTE = "compute";
  private static final String SEARCH = "search";

  /** A cloud that does not answer is tried again with a later build. */
  private static final Duration BUDGET = Duration.ofSeconds(10);

  private Journal() {}

  /** Returns the specification of a resource. */
  static ResourceSpec spec(
      Oci oci, String type, Map<String, String> parameters, String description) {
    Map<String, String> all = new TreeMap<>(parameters);
    all.put(TENANCY, oci.credentials().tenancy());
    all.put(REGION, oci.region());
    all.put(FILE, oci.credentials().source().file());
    all.put(PROFILE, oci.credentials().source().profile());
    all.put(OBJECTS, oci.endpoints().objects().toString());
    all.put(COMPUTE, oci.endpoints().compute().toString());
    all.put(SEARCH, oci.endpoints().search().toString());
    return new ResourceSpec(type, all, description);
  }

  /** Opens the cloud of a resource, if the credentials are still for its tenancy. */
  static Oci open(
      ResourceSpec spec, Surroundings surroundings, Consumer<Secret> mask, Consumer<String> log)
      throws BuildException {
    Credentials credentials =
        new CredentialSearch(surroundings)
            .find(new Credentials.Source(get(spec, FILE), get(spec, PROFILE)));
    if (!credentials.tenancy().equals(get(spec, TENANCY))) {
      throw new BuildException(
          "It belongs to the tenancy "
              + get(spec, TENANCY)
              + ", but the "
              + credentials
              + " are for the tenancy "
              + credentials.tenancy()
              + ". Nothing was deleted");
    }
    return new Oci(
        credentials,
        get(spec, REGION),
        new Endpoints(
            URI.create(get(spec, OBJECTS)),
            URI.create(get(spec, COMPUTE)),
            URI.create(get(spec, SEARCH))),
        surroundings.retries().apply(BUDGET),
        mask,
        log);
  }

  /** Returns a parameter of a specification. */
  static String get(ResourceSpec spec, String name) {
    return Objects.requireNonNull(spec.parameters().get(name), name);
  }
}
