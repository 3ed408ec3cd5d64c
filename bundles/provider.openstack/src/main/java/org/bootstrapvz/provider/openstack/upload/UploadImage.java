/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.openstack.upload;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bootstrapvz.api.problem.BuildCancelledException;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.Resource;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.cloud.http.Surroundings;
import org.bootstrapvz.cloud.ledger.Mark;
import org.bootstrapvz.common.image.ConvertedImage;
import org.bootstrapvz.common.image.MoveImage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Uploads the image to the image service and makes it visible when it is complete. */
@Component
@TaskDefinition(
    description = "Uploading the image to OpenStack",
    phase = Phase.IMAGE_REGISTRATION,
    predecessors = MoveImage.class,
    collects = ConvertedImage.class)
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

  @Override
  public void run(Build build) throws BuildException, IOException {
    String extension =
        build.all(ConvertedImage.class).stream()
            .findFirst()
            .map(ConvertedImage::extension)
            .orElseGet(() -> build.manifest().imageFormat().extension());
    Path file = MoveImage.target(build, extension);
    try {
      upload(build, file);
    } catch (BuildCancelledException e) {
      throw e;
    } catch (BuildException e) {
      throw new BuildException(
          e.getMessage() + "\nThe image was not uploaded; it is complete in " + file, e);
    }
  }

  private void upload(Build build, Path file) throws BuildException, IOException {
    try (OpenStack cloud =
        OpenStack.open(
            surroundings,
            new CredentialSearch(surroundings)
                .find(build.manifest().at("provider.upload.cloud").text("")),
            BUDGET,
            build::mask,
            build::log)) {
      Glance glance = cloud.glance(build.manifest().at("provider.upload.region").text(""));
      Resource image = ImageUpload.upload(build, cloud, glance, file);
      String id = Glance.id(image.nonce());
      Map<String, String> last = new LinkedHashMap<>();
      last.put(Mark.STATE, Mark.State.DONE.text());
      last.put("visibility", ImageProperties.visibility(build.manifest()));
      glance.replace(id, last);
      build.deliver(
          new Artefact.Remote(
              ImageResource.TYPE, cloud.session().project(), glance.region(), id, ""),
          image);
    }
  }
}
