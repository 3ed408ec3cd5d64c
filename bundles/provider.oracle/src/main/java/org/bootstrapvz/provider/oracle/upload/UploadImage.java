/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.oracle.upload;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.problem.BuildCancelledException;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.Resource;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.cloud.http.Surroundings;
import org.bootstrapvz.cloud.ledger.HostName;
import org.bootstrapvz.cloud.ledger.Mark;
import org.bootstrapvz.common.image.MoveImage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Uploads the image to Object Storage; the object is deleted when the image is made of it. */
@Component
@TaskDefinition(
    description = "Uploading the image to Oracle Cloud Infrastructure",
    phase = Phase.IMAGE_REGISTRATION,
    predecessors = MoveImage.class,
    provides = UploadedObject.class)
public final class UploadImage implements Task {
  private static final Duration BUDGET = Duration.ofMinutes(10);

  private final Surroundings surroundings;

  /** Uses the credentials of this process. */
  @Activate
  public UploadImage() {
    this(Surroundings.ofThisProcess());
  }

  UploadImage(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Returns whether a manifest asks for it. */
  public static boolean isWanted(Manifest manifest) {
    return manifest.at("provider.upload").exists();
  }

  /** Returns the file that is uploaded. */
  static Path file(Build build) {
    return MoveImage.target(build, build.manifest().imageFormat().extension());
  }

  @Override
  public void run(Build build) throws BuildException, IOException {
    try (Oci oci = Oci.open(surroundings, build.manifest(), BUDGET, build::mask, build::log)) {
      upload(build, oci);
    } catch (BuildCancelledException e) {
      throw e;
    } catch (BuildException e) {
      throw new BuildException(
          e.getMessage() + "\nThe image was not uploaded; it is complete in " + file(build), e);
    }
  }

  private static void upload(Build build, Oci oci) throws BuildException, IOException {
    Manifest manifest = build.manifest();
    ObjectStorage storage = oci.objects();
    ObjectStorage.Bucket bucket =
        new ObjectStorage.Bucket(storage.namespace(), manifest.at("provider.upload.bucket").text());
    String extension = manifest.imageFormat().extension();
    Resource object =
        build.acquire(
            ObjectResource.spec(oci, bucket, extension, manifest.name()),
            nonce -> {
              String name = ObjectStorage.name(nonce, extension);
              String upload =
                  storage.start(
                      bucket,
                      name,
                      new Mark(nonce, HostName.get(), manifest.name(), Mark.State.BUILDING));
              MultipartUpload.send(build, oci, bucket, name, upload, nonce, file(build));
            });
    build.provide(
        UploadedObject.class,
        new UploadedObject(bucket, ObjectStorage.name(object.nonce(), extension), object));
  }
}
