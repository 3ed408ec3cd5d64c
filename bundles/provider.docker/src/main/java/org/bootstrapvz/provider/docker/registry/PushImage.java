/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.registry;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import org.bootstrapvz.api.problem.BuildCancelledException;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.provider.docker.image.CreateImage;
import org.bootstrapvz.provider.docker.image.OciImage;
import org.osgi.service.component.annotations.Component;

/**
 * Pushes the image to a registry. Blobs that the registry already has are not sent again. The
 * manifest is sent last, so that the tag never refers to an incomplete image.
 */
@Component
@TaskDefinition(
    description = "Pushing the image",
    phase = Phase.IMAGE_REGISTRATION,
    predecessors = CreateImage.class,
    requires = OciImage.class)
public final class PushImage implements Task {
  @Override
  public void run(Build build) throws BuildException, IOException {
    OciImage image = build.require(OciImage.class);
    Destination destination = Destination.of(build.manifest());
    try (Registry registry =
        new Registry(destination, Credentials.of(build.manifest()), HttpClient.newBuilder())) {
      for (OciImage.Blob blob : image.blobs()) {
        push(build, registry, image, blob);
      }
      registry.pushManifest(Files.readAllBytes(image.file(image.manifest())));
    } catch (BuildCancelledException e) {
      throw e;
    } catch (BuildException e) {
      throw new BuildException(
          e.getMessage()
              + "\nThe image was not pushed to "
              + destination.name()
              + "; it is complete in "
              + image.layout()
              + ", and another build sends only the missing blobs",
          e);
    }
    build.log("Pushed to " + destination.name() + ", " + image.manifest());
  }

  private static void push(Build build, Registry registry, OciImage image, OciImage.Blob blob)
      throws BuildException {
    if (registry.hasBlob(blob)) {
      build.log("The registry has " + blob.digest());
      return;
    }
    build.log("Sending " + blob.digest() + ", " + blob.size() + " bytes");
    registry.pushBlob(blob, image.file(blob.digest()), build::progress);
  }
}
