/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume.internal.filesystem;

import java.io.IOException;
import org.bootstrapvz.api.extension.FilesystemDefinition;
import org.bootstrapvz.api.extension.FilesystemRequest;
import org.bootstrapvz.api.extension.FilesystemType;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.api.volume.TreeSize;
import org.osgi.service.component.annotations.Component;

/** The second extended filesystem. */
@Component
@FilesystemDefinition(
    name = "ext2",
    description = "Second extended filesystem",
    minimum = "8MiB",
    maximum = "16TiB",
    debianPackage = "e2fsprogs",
    commands = {"mke2fs (e2fsprogs)", "debugfs (e2fsprogs)"},
    grubModule = "ext2",
    formatCommands = {"mke2fs", "mkfs.ext2"},
    atOffset = true)
public final class Ext2 implements FilesystemType {
  @Override
  public void check(ManifestValue partition, Manifest manifest, Problems problems) {
    MountOptions.EXT2.check(partition, problems);
  }

  @Override
  public boolean fits(TreeSize tree, Bytes size) {
    return new ExtCapacity(false, false).fits(tree, size);
  }

  @Override
  public void create(FilesystemRequest request) throws BuildException, IOException {
    Ext.create("ext2", request);
  }
}
