/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.ec2.ebs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.Resource;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.image.MoveImage;
import org.bootstrapvz.provider.ec2.connection.Ec2;
import org.bootstrapvz.provider.ec2.connection.Ec2Access;
import org.bootstrapvz.provider.ec2.connection.Upload;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import tools.jackson.databind.node.ObjectNode;

/** Uploads the image as a snapshot, without an instance and without a bucket. */
@Component
@TaskDefinition(
    description = "Uploading the image as a snapshot",
    phase = Phase.IMAGE_REGISTRATION,
    predecessors = MoveImage.class,
    provides = UploadedSnapshot.class)
public final class Snapshot implements Task {
  private static final Duration BUDGET = Duration.ofMinutes(10);
  private static final long GIB = 1L << 30;

  private final Ec2Access access;

  /** Uploads to accounts that this opens. */
  @Activate
  public Snapshot(@Reference Ec2Access access) {
    this.access = access;
  }

  @Override
  public void run(Build build) throws BuildException, IOException {
    Path file = Upload.file(build);
    try (Ec2 ec2 = access.open(build.manifest(), BUDGET, build::mask, build::log)) {
      upload(build, ec2, file);
    } catch (BuildException e) {
      throw Upload.failed(build, e);
    }
  }

  private static void upload(Build build, Ec2 ec2, Path file) throws BuildException, IOException {
    SnapshotApi api = new SnapshotApi(ec2);
    ObjectNode request = request(build.manifest(), Files.size(file));
    Map<String, String> parameters = new TreeMap<>(Ec2Access.parameters(ec2));
    parameters.put(SnapshotResource.REQUEST, request.toString());
    SnapshotResource.putTags(parameters, Upload.tags(build.manifest(), ""));
    String[] id = {""};
    Resource snapshot =
        build.acquire(
            new ResourceSpec(
                SnapshotResource.TYPE,
                parameters,
                "snapshot of "
                    + build.manifest().name()
                    + " in region "
                    + ec2.region()
                    + ", account "
                    + ec2.account()),
            nonce -> id[0] = api.start(request, Upload.tags(build.manifest(), nonce), nonce));
    new SnapshotUpload(build, ec2, api, id[0], snapshot.nonce()).run(file);
    build.provide(UploadedSnapshot.class, new UploadedSnapshot(id[0], snapshot));
  }

  private static ObjectNode request(Manifest manifest, long size) {
    ObjectNode request = SnapshotApi.request((size + GIB - 1) / GIB, Upload.description(manifest));
    if (manifest.at("provider.encrypted").isTrue(false)) {
      request.put("Encrypted", true);
      ManifestValue key = manifest.at("provider.kms_key_id");
      if (key.exists()) {
        request.put("KmsKeyArn", key.text());
      }
    }
    return request;
  }
}
