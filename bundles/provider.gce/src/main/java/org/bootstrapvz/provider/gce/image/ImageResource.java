/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.gce.image;

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
  static final String TYPE = "gce-image";

  private static final String PROJECT = "account";
  private static final String NAME = "name";
  private static final String BUCKET = "bucket";
  private static final String OBJECT = "object";
  private static final String OBJECT_NONCE = "objectNonce";

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

  /** Returns the specification of an image that is made of an archive. */
  static ResourceSpec spec(Google google, String project, String name, UploadedArchive archive) {
    return Journal.spec(
        google,
        TYPE,
        Map.of(
            PROJECT,
            project,
            NAME,
            name,
            BUCKET,
            archive.bucket(),
            OBJECT,
            archive.name(),
            OBJECT_NONCE,
            archive.object().nonce()),
        "image " + name + " in project " + project);
  }

  /**
   * {@inheritDoc} The archive is deleted first: a request that arrives later than this cannot make
   * an image of it any more.
   */
  @Override
  public void release(ResourceSpec spec, ReleaseContext context) throws BuildException {
    try (Google google = Journal.open(spec, surroundings, context::mask, context::log)) {
      google
          .storage()
          .remove(
              Journal.get(spec, BUCKET),
              Journal.get(spec, OBJECT),
              Journal.get(spec, OBJECT_NONCE));
      google
          .compute(Journal.get(spec, PROJECT))
          .remove(Journal.get(spec, NAME), context.nonce(), MAX_OPERATION);
    }
  }
}
