/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume.internal.filesystem;

import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.extension.FilesystemRequest;
import org.bootstrapvz.api.extension.FilesystemType;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.HostCommand;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.api.volume.Filesystem;
import org.bootstrapvz.api.volume.TreeSize;

/** Swap space, which contains no files. It is empty after its header. */
public final class SwapSpace implements FilesystemType {
  public static final Filesystem DEFINITION =
      new Filesystem(
          "swap",
          "Swap space",
          Optional.empty(),
          Bytes.mebibytes(1),
          Optional.empty(),
          "util-linux",
          List.of(HostCommand.parse("mkswap (util-linux)")),
          "",
          List.of(),
          false,
          false,
          false);

  @Override
  public boolean fits(TreeSize tree, Bytes size) {
    return true;
  }

  @Override
  public void create(FilesystemRequest request) throws BuildException {
    request
        .sandbox()
        .run(
            Command.of("mkswap", "--pagesize", "4096", "--label", request.label())
                .with("--uuid", request.uuid(), request.file().toString()));
  }
}
