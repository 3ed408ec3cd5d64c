/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.bootstrapvz.api.extension.FilesystemRequest;
import org.bootstrapvz.api.extension.FilesystemType;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.api.volume.TreeSize;

/** A third-party filesystem, which contains only the generation of its bundle. */
public final class SampleFilesystem implements FilesystemType {
  @Override
  public boolean fits(TreeSize tree, Bytes size) {
    return true;
  }

  @Override
  public void create(FilesystemRequest request) throws IOException {
    Files.write(request.file(), Generation.text().getBytes(StandardCharsets.UTF_8));
  }
}
