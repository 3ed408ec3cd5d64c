/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.oracle.upload;

import java.time.Duration;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.problem.BuildCancelledException;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.Resource;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.cloud.http.Surroundings;
import org.bootstrapvz.cloud.ledger.HostName;
import org.bootstrapvz.cloud.ledger.Intermediate;
import org.bootstrapvz.cloud.ledger.Mark;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Makes an image of the uploaded object, and deletes the object. */
@Component
@TaskDefinition(
    description = "Registering the image with Oracle Cloud Infrastructure",
    phase = Phase.IMAGE_REGISTRATION,
    predecessors = UploadImage.class,
    requires = UploadedObject.class)
public final class RegisterImage implements Task {
  private static final Duration BUDGET = Duration.ofMinutes(10);

  /** A disk of some GiB takes some minutes. */
  private static final Duration MAX_IMPORT = Duration.ofHours(2);

  private final Surroundings surroundings;

  /** Uses the credentials of this process. */
  @Activate
  public RegisterImage() {
    this(Surroundings.ofThisProcess());
  }

  RegisterImage(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public void run(Build build) throws BuildException {
    UploadedObject object = build.require(UploadedObject.class);
    try (Oci oci = Oci.open(surroundings, build.manifest(), BUDGET, build::mask, build::log)) {
      register(build, oci, object);
    } catch (BuildCancelledException e) {
      throw e;
    } catch (BuildException e) {
      throw new BuildException(
          e.getMessage()
              + "\nThe image was not registered; it is complete in "
              + UploadImage.file(build),
          e);
    }
    Intermediate.delete(
        build,
        object.object(),
        "The object " + object.name() + " in the bucket " + object.bucket().name());
  }

  private static void register(Build build, Oci oci, UploadedObject object) throws BuildException {
    Manifest manifest = build.manifest();
    Images images = oci.images();
    Images.Started[] started = new Images.Started[1];
    Resource image =
        build.acquire(
            ImageResource.spec(
                oci, manifest.at("provider.upload.compartment").text(), manifest.name(), object),
            nonce ->
                started[0] =
                    images.create(
                        ImageRequest.of(
                            manifest, mark(manifest, nonce, Mark.State.BUILDING), object),
                        nonce));
    images.await(
        started[0], MAX_IMPORT, state -> build.progress(-1, "importing the image (" + state + ")"));
    String id = started[0].id();
    images.setTags(id, ImageRequest.tags(manifest, mark(manifest, image.nonce(), Mark.State.DONE)));
    build.deliver(
        new Artefact.Remote(
            ImageResource.TYPE,
            oci.credentials().tenancy(),
            oci.region(),
            id,
            "https://cloud.oracle.com/compute/images/" + id + "?region=" + oci.region()),
        image);
  }

  private static Mark mark(Manifest manifest, String nonce, Mark.State state) {
    return new Mark(nonce, HostName.get(), manifest.name(), state);
  }
}
