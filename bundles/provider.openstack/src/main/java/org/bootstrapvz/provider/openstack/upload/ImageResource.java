/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.openstack.upload;

import java.time.Duration;
import java.util.Objects;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.ReleaseContext;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.resource.ResourceType;
import org.bootstrapvz.cloud.http.Surroundings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Deletes an image that did not become the result of its build. */
@Component(
    property = {
      ResourceType.TYPE + "=" + ImageResource.TYPE,
      ResourceType.NETWORK + ":Boolean=true"
    })
public final class ImageResource implements ResourceType {
  static final String TYPE = "openstack-image";

  /** Parameter: the id of the project. */
  static final String ACCOUNT = "account";

  /** Parameter: the region. */
  static final String REGION = "region";

  /** Parameter: the cloud in the file; empty for environment variables. */
  static final String CLOUD = "cloud";

  /** Parameter: the file with the credentials; empty for environment variables. */
  static final String FILE = "file";

  /** A cloud that does not answer is tried again with a later build. */
  private static final Duration BUDGET = Duration.ofSeconds(10);

  private final Surroundings surroundings;

  /** Uses the credentials of this process. */
  @Activate
  public ImageResource() {
    this(Surroundings.ofThisProcess());
  }

  ImageResource(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public void release(ResourceSpec spec, ReleaseContext context) throws BuildException {
    Credentials credentials =
        new CredentialSearch(surroundings)
            .find(new Credentials.Source(parameter(spec, CLOUD), parameter(spec, FILE)));
    try (OpenStack cloud =
        OpenStack.open(surroundings, credentials, BUDGET, context::mask, context::log)) {
      String account = parameter(spec, ACCOUNT);
      if (!cloud.session().project().equals(account)) {
        throw new BuildException(
            "It belongs to the project "
                + account
                + ", but the login from "
                + credentials.source()
                + " is for the project "
                + cloud.session().project()
                + ". Nothing was deleted");
      }
      cloud.glance(parameter(spec, REGION)).remove(context.nonce());
    }
  }

  private static String parameter(ResourceSpec spec, String name) {
    return Objects.requireNonNull(spec.parameters().get(name), name);
  }
}
