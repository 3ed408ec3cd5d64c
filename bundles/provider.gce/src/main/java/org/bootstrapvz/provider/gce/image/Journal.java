/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.gce.image;

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
import org.bootstrapvz.provider.gce.internal.login.CredentialSearch;
import org.bootstrapvz.provider.gce.internal.login.Source;

/** What the journal of a build has about the cloud of a resource: all but the credentials. */
final class Journal {
  private static final String LOGIN = "login";
  private static final String FILE = "file";
  private static final String COMPUTE = "compute";
  private static final String STORAGE = "storage";
  private static final String RESOURCE_MANAGER = "resourceManager";

  /** A cloud that does not answer is tried again with a later build. */
  private static final Duration BUDGET = Duration.ofSeconds(10);

  private Journal() {}

  /** Returns the specification of a resource. */
  static ResourceSpec spec(
      Google google, String type, Map<String, String> parameters, String description) {
    Map<String, String> all = new TreeMap<>(parameters);
    Source source = google.credentials().source();
    all.put(LOGIN, source.kind().name());
    all.put(FILE, source.file());
    all.put(COMPUTE, google.endpoints().compute().toString());
    all.put(STORAGE, google.endpoints().storage().toString());
    all.put(RESOURCE_MANAGER, google.endpoints().resourceManager().toString());
    return new ResourceSpec(type, all, description);
  }

  /** Opens the cloud of a resource. */
  static Google open(
      ResourceSpec spec, Surroundings surroundings, Consumer<Secret> mask, Consumer<String> log)
      throws BuildException {
    Source source = new Source(Source.Kind.valueOf(get(spec, LOGIN)), get(spec, FILE));
    return new Google(
        new CredentialSearch(surroundings).find(source),
        new Endpoints(
            URI.create(get(spec, COMPUTE)),
            URI.create(get(spec, STORAGE)),
            URI.create(get(spec, RESOURCE_MANAGER))),
        surroundings.retries().apply(BUDGET),
        mask,
        log);
  }

  /** Returns a parameter of a specification. */
  static String get(ResourceSpec spec, String name) {
    return Objects.requireNonNull(spec.parameters().get(name), name);
  }
}
