/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A manifest for the provider of the test. */
final class SampleManifest {
  private SampleManifest() {}

  static Path write(String name, String plugins) throws IOException {
    Path file = Platform.WORK.resolve(name + ".yml");
    Files.createDirectories(Platform.WORK);
    Files.writeString(
        file,
        """
        name: sample
        provider:
          name: sample
        bootstrapper:
          workspace: %s
        system:
          release: trixie
          architecture: amd64
          bootloader: none
          charmap: UTF-8
          locale: en_US
          timezone: UTC
        volume:
          backing: raw
          partitions:
            type: none
            root:
              filesystem: ext4
              size: 1GiB
        plugins:
        %s
        """
            .formatted(Platform.WORK.resolve("target"), plugins.indent(2)));
    return file;
  }
}
