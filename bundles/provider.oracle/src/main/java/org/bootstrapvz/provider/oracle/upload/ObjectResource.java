/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.oracle.upload;

import java.util.Map;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.ReleaseContext;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.resource.ResourceType;
import org.bootstrapvz.cloud.http.Surroundings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Deletes the object to which an image was uploaded, and its parts. */
@Component(
    property = {
      ResourceType.TYPE + "=" + ObjectResource.TYPE,
      ResourceType.NETWORK + ":Boolean=true"
    })
public final class ObjectResource implements ResourceType {
  static final String TYPE = "oracle-object";

  private static final String NAMESPACE = "namespace";
  private static final String BUCKET = "bucket";
  private static final String EXTENSION = "extension";

  private final Surroundings surroundings;

  /** Uses the credentials of this process. */
  @Activate
  public ObjectResource() {
    this(Surroundings.ofThisProcess());
  }

  ObjectResource(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Returns the specification of an object, which is named after its nonce. */
  static ResourceSpec spec(Oci oci, ObjectStorage.Bucket bucket, String extension, String image) {
    return Journal.spec(
        oci,
        TYPE,
        Map.of(NAMESPACE, bucket.namespace(), BUCKET, bucket.name(), EXTENSION, extension),
        "object of the image " + image + " in the bucket " + bucket.name());
  }

  @Override
  public void release(ResourceSpec spec, ReleaseContext context) throws BuildException {
    try (Oci oci = Journal.open(spec, surroundings, context::mask, context::log)) {
      oci.objects()
          .remove(
              new ObjectStorage.Bucket(Journal.get(spec, NAMESPACE), Journal.get(spec, BUCKET)),
              ObjectStorage.name(context.nonce(), Journal.get(spec, EXTENSION)),
              context.nonce());
    }
  }
}
