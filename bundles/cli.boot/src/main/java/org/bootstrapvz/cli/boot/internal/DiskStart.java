/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.boot.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.api.host.HostCommand;

/** The first sectors of the disk in an image. */
final class DiskStart {
  static final HostCommand QEMU_IMG = new HostCommand("qemu-img", "qemu-utils");

  private DiskStart() {}

  /** Reads them; every format but raw needs qemu-img. */
  static byte[] of(Path image, String format, int sectors)
      throws IOException, InterruptedException {
    if (format.equals("raw")) {
      return read(image, sectors);
    }
    Path part = Files.createTempFile("bootstrap-vz-", ".start");
    try {
      extract(image, format, sectors, part);
      return read(part, sectors);
    } finally {
      Files.delete(part);
    }
  }

  private static byte[] read(Path disk, int sectors) throws IOException {
    try (InputStream content = Files.newInputStream(disk)) {
      return content.readNBytes(sectors * 512);
    }
  }

  private static void extract(Path image, String format, int sectors, Path to)
      throws IOException, InterruptedException {
    // -U: a running machine may have the disk open.
    ProcessBuilder command =
        new ProcessBuilder(QEMU_IMG.name(), "dd", "-U", "-f", format, "-O", "raw", "bs=512");
    command.command().addAll(List.of("count=" + sectors, "if=" + image, "of=" + to));
    Process process = command.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("Cannot read " + image + ": " + output.strip());
    }
  }
}
