/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.oracle.upload;

import java.time.Duration;
import java.util.Map;
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
  static final String TYPE = "oracle-image";

  private static final String COMPARTMENT = "compartment";
  private static final String NAME = "name";
  private static final String NAMESPACE = "namespace";
  private static final String BUCKET = "bucket";
  private static final String OBJECT = "object";
  private static final String OBJECT_NONCE = "objectNonce";

  /** What takes longer is tried again later. */
  private static final Duration MAX_IMPORT = Duration.ofSeconds(60);

  private final Surroundings surroundings;

  /** Uses the credentials of this process. */
  @Activate
  public ImageResource() {
    this(Surroundings.ofThisProcess());
  }

  ImageResource(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Returns the specification of an image that is made of an object. */
  static ResourceSpec spec(Oci oci, String compartment, String name, UploadedObject object) {
    return Journal.spec(
        oci,
        TYPE,
        Map.of(
            COMPARTMENT,
            compartment,
            NAME,
            name,
            NAMESPACE,
            object.bucket().namespace(),
            BUCKET,
            object.bucket().name(),
            OBJECT,
            object.name(),
            OBJECT_NONCE,
            object.object().nonce()),
        "image " + name + " in region " + oci.region());
  }

  /**
   * {@inheritDoc} A request that arrives after the object was deleted makes no image of it, so that
   * the second look finds all that will ever be there.
   */
  @Override
  public void release(ResourceSpec spec, ReleaseContext context) throws BuildException {
    String compartment = Journal.get(spec, COMPARTMENT);
    String name = Journal.get(spec, NAME);
    try (Oci oci = Journal.open(spec, surroundings, context::mask, context::log)) {
      oci.images().remove(compartment, name, context.nonce(), MAX_IMPORT);
      oci.objects()
          .remove(
              new ObjectStorage.Bucket(Journal.get(spec, NAMESPACE), Journal.get(spec, BUCKET)),
              Journal.get(spec, OBJECT),
              Journal.get(spec, OBJECT_NONCE));
      oci.images().remove(compartment, name, context.nonce(), MAX_IMPORT);
    }
  }
}
