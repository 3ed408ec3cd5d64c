/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.bootstrapvz.testkit.TestSandbox;
import org.bootstrapvz.volume.ImageFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamOptimizedTest {
  @TempDir Path folder;

  @Test
  void theDiskOfAnOvfIsCompressedAndHasTheCapacityOfTheVolume() throws Exception {
    TestSandbox sandbox = new TestSandbox().running();
    TestBuild build = new TestBuild(new TestManifest(), folder, sandbox);
    Path volume = build.workspace().resolve("volume.raw");
    try (RandomAccessFile file = new RandomAccessFile(volume.toFile(), "rw")) {
      file.setLength(16 << 20);
      file.write("the disk".getBytes());
    }
    build.provide(ImageFile.class, new ImageFile(volume));

    new ConvertToStreamOptimized().run(build);

    StreamOptimizedDisk disk = build.require(StreamOptimizedDisk.class);
    assertEquals(Bytes.mebibytes(16), disk.capacity());
    assertTrue(Files.size(disk.path()) < 1 << 20);
    String info = sandbox.run(Command.of("qemu-img", "info", disk.path().toString())).text();
    assertTrue(info.contains("create type: streamOptimized"), info);
    sandbox.run(Command.of("qemu-img", "compare", volume.toString(), disk.path().toString()));
    assertEquals(List.of(ResourceSpec.file(disk.path())), build.held());
  }
}
