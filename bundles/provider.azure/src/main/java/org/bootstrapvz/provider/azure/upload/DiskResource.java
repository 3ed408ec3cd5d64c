/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.azure.upload;

import java.time.Duration;
import java.util.Map;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.ReleaseContext;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.resource.ResourceType;
import org.bootstrapvz.cloud.http.Surroundings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Deletes the disk to which an image was uploaded. */
@Component(
    property = {
      ResourceType.TYPE + "=" + DiskResource.TYPE,
      ResourceType.NETWORK + ":Boolean=true"
    })
public final class DiskResource implements ResourceType {
  static final String TYPE = "azure-disk";

  private static final String GROUP = "group";

  /** What takes longer is tried again later. */
  private static final Duration MAX_OPERATION = Duration.ofSeconds(60);

  private final Surroundings surroundings;

  /** Uses the credentials of this process. */
  @Activate
  public DiskResource() {
    this(Surroundings.ofThisProcess());
  }

  DiskResource(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Returns the specification of a disk in a resource group, which is named after its nonce. */
  static ResourceSpec spec(Azure azure, Destination destination) {
    return Journal.spec(
        azure,
        TYPE,
        Map.of(GROUP, destination.groupId(azure.subscription())),
        "disk of the image "
            + destination.name()
            + " in the resource group "
            + destination.group()
            + ", subscription "
            + azure.subscription());
  }

  @Override
  public void release(ResourceSpec spec, ReleaseContext context) throws BuildException {
    try (Azure azure = Journal.open(spec, surroundings, context::mask, context::log)) {
      azure
          .resources()
          .remove(
              Destination.diskId(Journal.get(spec, GROUP), context.nonce()),
              context.nonce(),
              MAX_OPERATION);
    }
  }
}
