/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.zip.GZIPOutputStream;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.Resource;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.common.cleanup.ImageTime;
import org.bootstrapvz.common.filesystem.ReleaseRoot;
import org.bootstrapvz.common.filesystem.UnmountRoot;
import org.osgi.service.component.annotations.Component;

/**
 * Packs the root into a layer. The same tree gives the same bytes: entries are sorted, owners are
 * numbers, times are whole seconds and not later than that of the image. tar runs in the sandbox,
 * so that in a user namespace it records owners and capabilities as seen there.
 */
@Component
@TaskDefinition(
    description = "Packing the root into a layer",
    phase = Phase.VOLUME_UNMOUNTING,
    predecessors = UnmountRoot.class,
    successors = ReleaseRoot.class,
    requires = Root.class,
    provides = Layer.class,
    commands = "tar (tar)")
public final class CreateLayer implements Task {
  private static final int BUFFER = 1 << 16;

  @Override
  public void run(Build build) throws BuildException, IOException {
    Instant time = ImageTime.of(build.root(), System.getenv());
    Path archive = build.workspace().resolve("layer.tar");
    Resource taken =
        build.acquire(ResourceSpec.file(archive), () -> build.run(pack(build, archive, time)));
    build.provide(Layer.class, compress(build, archive, time));
    taken.release();
  }

  private static Command pack(Build build, Path archive, Instant time) throws IOException {
    // Fractions of seconds and access times would differ between builds.
    return Command.of("tar", "--create", "--file=" + archive, "--format=pax")
        .with("--pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime,delete=mtime")
        .with("--sort=name", "--numeric-owner", "--one-file-system")
        .with("--mtime=@" + time.getEpochSecond(), "--clamp-mtime")
        .with("--xattrs", "--xattrs-include=security.capability", "--xattrs-include=user.*")
        .with("--directory=" + build.root().path(), "--")
        .with(build.root().list("/"));
  }

  private static Layer compress(Build build, Path archive, Instant time) throws IOException {
    long all = Files.size(archive);
    Path compressed = build.workspace().resolve("layer.tar.gz");
    MessageDigest content = Digest.algorithm();
    MessageDigest file = Digest.algorithm();
    try (InputStream input = Files.newInputStream(archive);
        OutputStream output =
            new GZIPOutputStream(
                new DigestOutputStream(Files.newOutputStream(compressed), file), BUFFER)) {
      byte[] buffer = new byte[BUFFER];
      long done = 0;
      int shown = 0;
      for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
        content.update(buffer, 0, read);
        output.write(buffer, 0, read);
        done += read;
        if (done * 100 / all > shown) {
          shown = (int) (done * 100 / all);
          build.progress(shown / 100.0, "compressing " + new Bytes(all));
        }
      }
    }
    return new Layer(compressed, Digest.of(file), Files.size(compressed), Digest.of(content), time);
  }
}
