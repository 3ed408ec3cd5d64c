/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.azure.upload;

import java.io.IOException;
import java.nio.file.Files;
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

/** Uploads the image to a managed disk, which is deleted when the image is made of it. */
@Component
@TaskDefinition(
    description = "Uploading the image to Azure",
    phase = Phase.IMAGE_REGISTRATION,
    predecessors = MoveImage.class,
    provides = UploadedDisk.class)
public final class UploadImage implements Task {
  private static final Duration BUDGET = Duration.ofMinutes(10);
  private static final Duration MAX_CREATION = Duration.ofMinutes(10);

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
    return MoveImage.target(build, build.manifest().imageFormat().extension());
  }

  @Override
  public void run(Build build) throws BuildException, IOException {
    try (Azure azure =
        Azure.open(surroundings, build.manifest(), BUDGET, build::mask, build::log)) {
      upload(build, azure);
    } catch (BuildCancelledException e) {
      throw e;
    } catch (BuildException e) {
      throw new BuildException(
          e.getMessage() + "\nThe image was not uploaded; it is complete in " + file(build), e);
    }
  }

  private static void upload(Build build, Azure azure) throws BuildException, IOException {
    Manifest manifest = build.manifest();
    Destination destination = Destination.of(manifest);
    Path file = file(build);
    long size = Files.size(file);
    String group = destination.groupId(azure.subscription());
    String location = Location.of(azure, manifest);
    Resource disk =
        build.acquire(
            DiskResource.spec(azure, destination),
            nonce ->
                azure
                    .resources()
                    .create(
                        Destination.diskId(group, nonce),
                        Requests.disk(
                            manifest,
                            new Mark(nonce, HostName.get(), manifest.name(), Mark.State.BUILDING),
                            location,
                            size),
                        MAX_CREATION,
                        state -> build.progress(-1, "creating a disk (" + state + ")")));
    String id = Destination.diskId(group, disk.nonce());
    WriteAccess access = new WriteAccess(build, azure, id);
    PageUpload.write(build, azure, access, file);
    access.end();
    build.provide(UploadedDisk.class, new UploadedDisk(id, location, disk));
  }
}
