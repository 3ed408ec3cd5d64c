/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume.internal.filesystem;

import java.io.IOException;
import java.util.List;
import org.bootstrapvz.api.extension.FilesystemDefinition;
import org.bootstrapvz.api.extension.FilesystemRequest;
import org.bootstrapvz.api.extension.FilesystemType;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.manifest.Release;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.api.volume.TreeSize;
import org.osgi.service.component.annotations.Component;

/** SGI's journaling filesystem. Its {@code mkfs} cannot fill it, so it is mounted. */
@Component
@FilesystemDefinition(
    name = "xfs",
    description = "SGI's journaling filesystem",
    minimum = "300MiB",
    debianPackage = "xfsprogs",
    commands = {"mkfs.xfs (xfsprogs)", "mount (mount)"},
    grubModule = "xfs",
    mounted = true)
public final class Xfs implements FilesystemType {
  private static final long LOG = 72L << 20;
  private static final int MAX_LABEL = 12;
  private static final int BOOKWORM = 12;
  private static final int TRIXIE = 13;

  @Override
  public void check(ManifestValue partition, Manifest manifest, Problems problems) {
    MountOptions.XFS.check(partition, problems);
  }

  /** The log, which grows with the size, and the space for each inode and each directory. */
  @Override
  public boolean fits(TreeSize tree, Bytes size) {
    long data = tree.blocks() * TreeSize.BLOCK;
    return LOG + data + data / 12 + tree.inodes() * 1024 <= size.count();
  }

  @Override
  public void create(FilesystemRequest request) throws BuildException, IOException {
    // Older kernels and GRUB cannot read features that a newer mkfs.xfs enables.
    Release release = request.manifest().release();
    String label = request.label().substring(0, Math.min(MAX_LABEL, request.label().length()));
    request
        .sandbox()
        .run(
            Command.of("mkfs.xfs", "-q", "-f", "-L", label)
                .with(
                    "-m",
                    "uuid="
                        + request.uuid()
                        + (release.atLeast(BOOKWORM) ? "" : ",bigtime=0,inobtcount=0"))
                .with(release.atLeast(TRIXIE) ? List.of() : List.of("-i", "nrext64=0"))
                .with(request.file().toString()));
    MountedFilesystem.fill("xfs", request);
  }
}
