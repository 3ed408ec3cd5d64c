/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.ec2.ami;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.Resource;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.cloud.aws.AwsException;
import org.bootstrapvz.cloud.aws.XmlElement;
import org.bootstrapvz.cloud.ledger.Mark;
import org.bootstrapvz.provider.ec2.connection.Ec2;
import org.bootstrapvz.provider.ec2.connection.Ec2Access;
import org.bootstrapvz.provider.ec2.connection.Registration;
import org.bootstrapvz.provider.ec2.connection.Upload;
import org.bootstrapvz.provider.ec2.ebs.Snapshot;
import org.bootstrapvz.provider.ec2.ebs.UploadedSnapshot;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Registers the snapshot as an image, and makes both the result of the build. */
@Component
@TaskDefinition(
    description = "Registering the image",
    phase = Phase.IMAGE_REGISTRATION,
    predecessors = Snapshot.class,
    requires = UploadedSnapshot.class)
public final class RegisterAMI implements Task {
  private static final Duration BUDGET = Duration.ofMinutes(10);
  private static final Duration POLL = Duration.ofSeconds(2);
  private static final int MAX_POLLS = 300;
  private static final int MAX_LOOKUPS = 10;

  private final Ec2Access access;

  /** Registers in accounts that this opens. */
  @Activate
  public RegisterAMI(@Reference Ec2Access access) {
    this.access = access;
  }

  @Override
  public void run(Build build) throws BuildException {
    UploadedSnapshot snapshot = build.require(UploadedSnapshot.class);
    try (Ec2 ec2 = access.open(build.manifest(), BUDGET, build::mask, build::log)) {
      register(build, ec2, snapshot);
    } catch (BuildException e) {
      throw Upload.failed(build, e);
    }
  }

  private static void register(Build build, Ec2 ec2, UploadedSnapshot snapshot)
      throws BuildException {
    String[] id = {""};
    Resource image =
        build.acquire(
            new ResourceSpec(
                ImageResource.TYPE,
                Ec2Access.parameters(ec2),
                "image "
                    + build.manifest().name()
                    + " in region "
                    + ec2.region()
                    + ", account "
                    + ec2.account()),
            nonce -> id[0] = register(build, ec2, snapshot.id(), nonce));
    awaitAvailable(build, ec2, id[0], image.nonce());
    ec2.markDone(snapshot.id(), id[0]);
    build.deliver(
        new Artefact.Remote(
            ImageResource.TYPE,
            ec2.account(),
            ec2.region(),
            id[0],
            ec2.endpoints().console("ImageDetails:imageId=" + id[0])),
        snapshot.resource(),
        image);
  }

  /** The name makes the request repeatable: it is taken if an attempt succeeded before. */
  private static String register(Build build, Ec2 ec2, String snapshot, String nonce)
      throws BuildException {
    try {
      return ec2.api()
          .call(
              "RegisterImage",
              "does not register the image " + build.manifest().name(),
              Registration.parameters(build.manifest(), snapshot, nonce))
          .text("imageId");
    } catch (AwsException e) {
      if (!e.code().equals("InvalidAMIName.Duplicate")) {
        throw e;
      }
      String id = registered(ec2, build.manifest().name(), nonce);
      if (id.isEmpty()) {
        throw new BuildException(
            e.getMessage()
                + ". Another image got this name during the build. Choose another name, for example"
                + " with {%Y}{%m}{%d}",
            e);
      }
      return id;
    }
  }

  /** A new image may not be listed at once; one of another build is. */
  private static String registered(Ec2 ec2, String name, String nonce) throws BuildException {
    for (int lookup = 0; lookup < MAX_LOOKUPS; lookup++) {
      List<XmlElement> found = ec2.images(Map.of("name", name));
      if (!found.isEmpty()) {
        return found.stream()
            .filter(image -> nonce.equals(Ec2.tags(image).get(Mark.BUILD)))
            .map(image -> image.text("imageId"))
            .findFirst()
            .orElse("");
      }
      ec2.policy().await(POLL);
    }
    return "";
  }

  private static void awaitAvailable(Build build, Ec2 ec2, String id, String nonce)
      throws BuildException {
    for (int poll = 0; poll < MAX_POLLS; poll++) {
      List<XmlElement> found = ec2.images(Map.of("tag:" + Mark.BUILD, nonce));
      String state = found.isEmpty() ? "pending" : found.get(0).text("imageState");
      switch (state) {
        case "available" -> {
          return;
        }
        case "pending", "transient" -> {
          build.progress(1, "waiting for the image " + id);
          ec2.policy().await(POLL);
        }
        default ->
            throw new BuildException(
                "EC2 gave up the image "
                    + id
                    + " (state "
                    + state
                    + "): "
                    + found.get(0).find("stateReason").text("message"));
      }
    }
    throw new BuildException("The image " + id + " has not become available in time");
  }
}
