/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.azure.upload;

import java.time.Duration;
import java.util.Optional;
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
import tools.jackson.databind.JsonNode;

/** Makes a managed image, or a version in a gallery, of the disk, and deletes the disk. */
@Component
@TaskDefinition(
    description = "Registering the image with Azure",
    phase = Phase.IMAGE_REGISTRATION,
    predecessors = UploadImage.class,
    requires = UploadedDisk.class)
public final class RegisterImage implements Task {
  private static final Duration BUDGET = Duration.ofMinutes(10);

  /** A version is copied to all its regions. */
  private static final Duration MAX_CREATION = Duration.ofHours(3);

  private static final Duration MAX_TAGS = Duration.ofMinutes(10);

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
    UploadedDisk disk = build.require(UploadedDisk.class);
    try (Azure azure =
        Azure.open(surroundings, build.manifest(), BUDGET, build::mask, build::log)) {
      register(build, azure, disk);
    } catch (BuildCancelledException e) {
      throw e;
    } catch (BuildException e) {
      throw new BuildException(
          e.getMessage()
              + "\nThe image was not registered; it is complete in "
              + UploadImage.file(build),
          e);
    }
    Intermediate.delete(build, disk.disk(), "The disk " + disk.id());
  }

  private static void register(Build build, Azure azure, UploadedDisk disk) throws BuildException {
    Manifest manifest = build.manifest();
    Destination destination = Destination.of(manifest);
    String id = destination.imageId(azure.subscription());
    Resource image =
        build.acquire(
            ImageResource.spec(azure, destination, disk),
            nonce -> create(build, azure, destination, disk, nonce));
    azure
        .resources()
        .setTags(
            id,
            Requests.tags(
                manifest,
                new Mark(image.nonce(), HostName.get(), manifest.name(), Mark.State.DONE)),
            MAX_TAGS,
            state -> build.progress(-1, "tagging the image (" + state + ")"));
    build.deliver(
        new Artefact.Remote(
            ImageResource.TYPE,
            azure.subscription(),
            disk.location(),
            id,
            "https://portal.azure.com/#resource" + id),
        image);
  }

  /** A request for a name that is taken would change the image of that name, so look first. */
  private static void create(
      Build build, Azure azure, Destination destination, UploadedDisk disk, String nonce)
      throws BuildException {
    Manifest manifest = build.manifest();
    String id = destination.imageId(azure.subscription());
    Optional<JsonNode> other = azure.resources().get(id);
    if (other.isPresent()) {
      throw new BuildException(taken(destination));
    }
    azure
        .resources()
        .create(
            id,
            Requests.image(
                manifest,
                new Mark(nonce, HostName.get(), manifest.name(), Mark.State.BUILDING),
                disk.location(),
                destination,
                disk.id()),
            MAX_CREATION,
            state -> build.progress(-1, "creating the image (" + state + ")"));
  }

  /** Returns the message about a name that is taken. */
  static String taken(Destination destination) {
    return "There already is the "
        + destination
        + ". Delete it, or choose another "
        + (destination.isGallery() ? "version" : "name")
        + ", for example with "
        + (destination.isGallery() ? "{%Y}.{%m}.{%d}" : "{%Y}{%m}{%d}");
  }
}
