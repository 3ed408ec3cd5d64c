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

/** The third extended filesystem. */
@Component
@FilesystemDefinition(
    name = "ext3",
    description = "Third extended filesystem",
    minimum = "16MiB",
    maximum = "16TiB",
    debianPackage = "e2fsprogs",
    commands = {"mke2fs (e2fsprogs)", "debugfs (e2fsprogs)"},
    grubModule = "ext2",
    formatCommands = {"mke2fs", "mkfs.ext3"},
    atOffset = true)
public final class Ext3 implements FilesystemType {
  @Override
  public void check(ManifestValue partition, Manifest manifest, Problems problems) {
    MountOptions.EXT3.check(partition, problems);
  }

  @Override
  public boolean fits(TreeSize tree, Bytes size) {
    return new ExtCapacity(true, false).fits(tree, size);
  }

  @Override
  public void create(FilesystemRequest request) throws BuildException, IOException {
    Ext.create("ext3", request);
  }
}
