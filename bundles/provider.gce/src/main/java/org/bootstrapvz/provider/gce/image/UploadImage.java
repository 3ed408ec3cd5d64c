/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.gce.image;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.problem.BuildCancelledException;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.Resource;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.task.Artefact;
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
import tools.jackson.databind.JsonNode;

/**
 * Uploads the archive to Cloud Storage. It is the result if nothing is registered; otherwise, it is
 * deleted when the image is made of it.
 */
@Component
@TaskDefinition(
    description = "Uploading the image to Cloud Storage",
    phase = Phase.IMAGE_REGISTRATION,
    predecessors = MoveImage.class,
    provides = UploadedArchive.class)
public final class UploadImage implements Task {
  private static final Duration BUDGET = Duration.ofMinutes(10);

  /** A server that stores other data twice does so always. */
  private static final int MAX_MISMATCHES = 2;

  private final Surroundings surroundings;

  /** Uses the credentials of this process. */
  @Activate
  public UploadImage() {
    this(Surroundings.ofThisProcess());
  }

  UploadImage(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Returns the file that is uploaded. */
  static Path file(Build build) {
    return MoveImage.target(build, "tar.gz");
  }

  @Override
  public void run(Build build) throws BuildException, IOException {
    Path file = file(build);
    try (Google google =
        Google.open(surroundings, build.manifest(), BUDGET, build::mask, build::log)) {
      upload(build, google, file);
    } catch (BuildCancelledException e) {
      throw e;
    } catch (BuildException e) {
      throw new BuildException(
          e.getMessage() + "\nThe image was not uploaded; it is complete in " + file, e);
    }
  }

  private static void upload(Build build, Google google, Path file)
      throws BuildException, IOException {
    Manifest manifest = build.manifest();
    boolean kept = !RegisterImage.isWanted(manifest);
    String bucket = Destination.of(manifest).bucket();
    ResourceSpec spec = ObjectResource.spec(google, manifest, kept);
    Resource object = send(build, google, file, spec, bucket);
    String name = ObjectResource.name(spec, object.nonce());
    if (kept) {
      google.storage().setState(bucket, name, Mark.State.DONE);
      String address = Destination.of(manifest).address(name);
      build.deliver(new Artefact.Remote(ObjectResource.TYPE, "", "", address, ""), object);
    } else {
      build.provide(UploadedArchive.class, new UploadedArchive(bucket, name, object));
    }
  }

  private static Resource send(
      Build build, Google google, Path file, ResourceSpec spec, String bucket)
      throws BuildException, IOException {
    for (int mismatches = 0; mismatches < MAX_MISMATCHES; mismatches++) {
      ResumableUpload upload = new ResumableUpload(build, google, file);
      Resource object =
          build.acquire(
              spec,
              nonce ->
                  upload.to(
                      bucket,
                      ObjectResource.name(spec, nonce),
                      new Mark(
                          nonce, HostName.get(), build.manifest().name(), Mark.State.BUILDING)));
      Optional<JsonNode> stored =
          google.storage().get(bucket, ObjectResource.name(spec, object.nonce()));
      if (stored.isPresent() && upload.isIntact(stored.get())) {
        return object;
      }
      build.log("Cloud Storage has stored other data than were sent");
      object.release();
    }
    throw new BuildException(
        "Cloud Storage has stored other data than were sent, twice. Try again, and report it to"
            + " Google");
  }
}
