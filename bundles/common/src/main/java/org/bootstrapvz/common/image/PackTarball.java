/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandException;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.Resource;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.volume.DiskSpace;
import org.bootstrapvz.volume.ImageFile;
import org.osgi.service.component.annotations.Component;

/**
 * Packs the disk as an archive in the old format of GNU tar, without its empty parts, compressed
 * with gzip: Google Compute Engine imports that. The same disk gives the same archive.
 */
@Component
@TaskDefinition(
    description = "Packing the disk into an archive",
    phase = Phase.IMAGE_REGISTRATION,
    successors = MoveImage.class,
    requires = ImageFile.class,
    provides = ConvertedImage.class,
    commands = "tar (tar)")
public final class PackTarball implements Task {
  /** The name that Google asks for. */
  private static final String DISK = "disk.raw";

  /** The time in the archive; Google ignores it. In seconds since 1970. */
  private static final String TIME = "@0";

  @Override
  public void run(Build build) throws BuildException, IOException {
    Path folder = build.workspace().resolve("archive");
    build.acquire(ResourceSpec.folder(folder), () -> Files.createDirectory(folder));
    Files.createSymbolicLink(folder.resolve(DISK), build.require(ImageFile.class).path());
    Path archive = build.workspace().resolve("disk.tar");
    Command pack =
        Command.of("tar", "--create", "--format=oldgnu", "--dereference")
            // Empty blocks are found by reading: where the holes of the file are depends on the
            // filesystem it is on.
            .with("--sparse", "--hole-detection=raw")
            .with("--owner=0", "--group=0", "--numeric-owner", "--mode=0644", "--mtime=" + TIME)
            .with("--file=" + archive, "--directory=" + folder, "--", DISK);
    Path compressed = build.workspace().resolve("disk.tar.gz");
    try {
      Resource packed = build.acquire(ResourceSpec.file(archive), () -> build.run(pack));
      build.acquire(
          ResourceSpec.file(compressed),
          () ->
              ParallelGzip.compress(
                  archive, compressed, done -> build.progress(done, "compressing the archive")));
      packed.release();
    } catch (CommandException e) {
      throw DiskSpace.explain(e, build.workspace());
    }
    build.provide(ConvertedImage.class, new ConvertedImage(compressed, "tar.gz"));
  }
}
