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

/** Deletes an image, or a version in a gallery, that did not become the result of its build. */
@Component(
    property = {
      ResourceType.TYPE + "=" + ImageResource.TYPE,
      ResourceType.NETWORK + ":Boolean=true"
    })
public final class ImageResource implements ResourceType {
  static final String TYPE = "azure-image";

  private static final String ID = "id";
  private static final String DISK = "disk";
  private static final String DISK_NONCE = "diskNonce";

  /** What takes longer is tried again later. */
  private static final Duration MAX_OPERATION = Duration.ofSeconds(60);

  private final Surroundings surroundings;

  /** Uses the credentials of this process. */
  @Activate
  public ImageResource() {
    this(Surroundings.ofThisProcess());
  }

  ImageResource(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Returns the specification of an image that is made of a disk. */
  static ResourceSpec spec(Azure azure, Destination destination, UploadedDisk disk) {
    return Journal.spec(
        azure,
        TYPE,
        Map.of(
            ID,
            destination.imageId(azure.subscription()),
            DISK,
            disk.id(),
            DISK_NONCE,
            disk.disk().nonce()),
        destination + ", subscription " + azure.subscription());
  }

  /**
   * {@inheritDoc} A request that arrives after the disk was deleted makes no image of it, so that
   * the second look finds all that will ever be there.
   */
  @Override
  public void release(ResourceSpec spec, ReleaseContext context) throws BuildException {
    try (Azure azure = Journal.open(spec, surroundings, context::mask, context::log)) {
      ResourceManager resources = azure.resources();
      String image = Journal.get(spec, ID);
      resources.remove(image, context.nonce(), MAX_OPERATION);
      resources.remove(Journal.get(spec, DISK), Journal.get(spec, DISK_NONCE), MAX_OPERATION);
      resources.remove(image, context.nonce(), MAX_OPERATION);
    }
  }
}
