/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.azure.upload;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.cloud.http.Surroundings;
import org.bootstrapvz.provider.azure.internal.login.CredentialSearch;
import org.bootstrapvz.provider.azure.internal.login.Endpoints;
import org.bootstrapvz.provider.azure.internal.login.Source;

/** What the journal of a build has about the cloud of a resource: all but the credentials. */
final class Journal {
  private static final String SUBSCRIPTION = "account";
  private static final String LOGIN = "login";
  private static final String CLIENT = "client";
  private static final String OF_AZ = "loginSubscription";
  private static final String AUTHORITY = "authority";
  private static final String RESOURCE_MANAGER = "resourceManager";

  /** A cloud that does not answer is tried again with a later build. */
  private static final Duration BUDGET = Duration.ofSeconds(10);

  private Journal() {}

  /** Returns the specification of a resource. */
  static ResourceSpec spec(
      Azure azure, String type, Map<String, String> parameters, String description) {
    Map<String, String> all = new TreeMap<>(parameters);
    Source source = azure.credentials().source();
    all.put(SUBSCRIPTION, azure.subscription());
    all.put(LOGIN, source.kind().name());
    all.put(CLIENT, source.client());
    all.put(OF_AZ, source.subscription());
    all.put(AUTHORITY, azure.endpoints().authority());
    all.put(RESOURCE_MANAGER, azure.endpoints().resourceManager());
    return new ResourceSpec(type, all, description);
  }

  /** Opens the cloud of a resource. */
  static Azure open(
      ResourceSpec spec, Surroundings surroundings, Consumer<Secret> mask, Consumer<String> log)
      throws BuildException {
    Source source =
        new Source(Source.Kind.valueOf(get(spec, LOGIN)), get(spec, CLIENT), get(spec, OF_AZ));
    Endpoints endpoints = new Endpoints(get(spec, AUTHORITY), get(spec, RESOURCE_MANAGER));
    return new Azure(
        new CredentialSearch(surroundings).find(source, endpoints),
        endpoints,
        get(spec, SUBSCRIPTION),
        surroundings.retries().apply(BUDGET),
        mask,
        log);
  }

  /** Returns a parameter of a specification. */
  static String get(ResourceSpec spec, String name) {
    return Objects.requireNonNull(spec.parameters().get(name), name);
  }
}
