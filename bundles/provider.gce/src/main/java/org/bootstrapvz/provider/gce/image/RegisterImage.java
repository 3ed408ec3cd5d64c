/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.gce.image;

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

/** Makes an image of the uploaded archive, and deletes the archive. */
@Component
@TaskDefinition(
    description = "Registering the image with Google Compute Engine",
    phase = Phase.IMAGE_REGISTRATION,
    predecessors = UploadImage.class,
    requires = UploadedArchive.class)
public final class RegisterImage implements Task {
  private static final Duration BUDGET = Duration.ofMinutes(10);

  /** A disk of some GiB takes a minute or two. */
  private static final Duration MAX_IMPORT = Duration.ofMinutes(60);

  private static final Duration MAX_LABELS = Duration.ofMinutes(5);

  private final Surroundings surroundings;

  /** Uses the credentials of this process. */
  @Activate
  public RegisterImage() {
    this(Surroundings.ofThisProcess());
  }

  RegisterImage(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Returns whether a manifest asks for it. */
  public static boolean isWanted(Manifest manifest) {
    return manifest.at("provider.gce_project").exists();
  }

  @Override
  public void run(Build build) throws BuildException {
    UploadedArchive archive = build.require(UploadedArchive.class);
    try (Google google =
        Google.open(surroundings, build.manifest(), BUDGET, build::mask, build::log)) {
      register(build, google, archive);
    } catch (BuildCancelledException e) {
      throw e;
    } catch (BuildException e) {
      throw new BuildException(
          e.getMessage()
              + "\nThe image was not registered; its archive is complete in "
              + UploadImage.file(build),
          e);
    }
    Intermediate.delete(
        build, archive.object(), "The archive gs://" + archive.bucket() + "/" + archive.name());
  }

  private static void register(Build build, Google google, UploadedArchive archive)
      throws BuildException {
    Manifest manifest = build.manifest();
    String project = manifest.at("provider.gce_project").text();
    String name = ImageName.of(manifest);
    Compute compute = google.compute(project);
    Resource image =
        build.acquire(
            ImageResource.spec(google, project, name, archive),
            nonce -> {
              Mark mark = new Mark(nonce, HostName.get(), manifest.name(), Mark.State.BUILDING);
              Operation creation = compute.insert(ImageRequest.of(manifest, mark, archive), nonce);
              Operation done =
                  compute.await(
                      creation, MAX_IMPORT, status -> progress(build, "importing", status));
              if (done.isFailed()) {
                throw done.error("does not create the image " + name);
              }
            });
    compute.setState(
        name, Mark.State.DONE, MAX_LABELS, status -> progress(build, "labelling", status));
    String link = google.endpoints().compute() + "projects/" + project + "/global/images/" + name;
    build.deliver(new Artefact.Remote(ImageResource.TYPE, project, "", name, link), image);
  }

  private static void progress(Build build, String what, String status) {
    build.progress(-1, what + " the image (" + status + ")");
  }
}
