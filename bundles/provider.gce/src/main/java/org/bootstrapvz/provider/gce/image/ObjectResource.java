/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.gce.image;

import java.util.Map;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.ReleaseContext;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.resource.ResourceType;
import org.bootstrapvz.cloud.http.Surroundings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Deletes an object of Cloud Storage that did not become the result of its build. */
@Component(
    property = {
      ResourceType.TYPE + "=" + ObjectResource.TYPE,
      ResourceType.NETWORK + ":Boolean=true"
    })
public final class ObjectResource implements ResourceType {
  static final String TYPE = "gcs-object";

  private static final String BUCKET = "bucket";
  private static final String PREFIX = "prefix";

  /** Parameter: the name; empty if it follows from the nonce. */
  private static final String NAME = "name";

  private final Surroundings surroundings;

  /** Uses the credentials of this process. */
  @Activate
  public ObjectResource() {
    this(Surroundings.ofThisProcess());
  }

  ObjectResource(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * Returns the specification of an archive.
   *
   * @param kept whether it is to be the result
   */
  static ResourceSpec spec(Google google, Manifest manifest, boolean kept) {
    Destination destination = Destination.of(manifest);
    String name = kept ? destination.kept(manifest) : "";
    return Journal.spec(
        google,
        TYPE,
        Map.of(BUCKET, destination.bucket(), PREFIX, destination.prefix(), NAME, name),
        "archive of the image "
            + manifest.name()
            + " in "
            + destination.address(kept ? name : destination.prefix()));
  }

  /** Returns the name of the object that a resource stands for. */
  static String name(ResourceSpec spec, String nonce) {
    String name = Journal.get(spec, NAME);
    return name.isEmpty()
        ? new Destination(Journal.get(spec, BUCKET), Journal.get(spec, PREFIX)).temporary(nonce)
        : name;
  }

  @Override
  public void release(ResourceSpec spec, ReleaseContext context) throws BuildException {
    try (Google google = Journal.open(spec, surroundings, context::mask, context::log)) {
      google
          .storage()
          .remove(Journal.get(spec, BUCKET), name(spec, context.nonce()), context.nonce());
    }
  }
}
