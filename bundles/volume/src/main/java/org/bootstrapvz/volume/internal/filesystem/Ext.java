/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume.internal.filesystem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.extension.FilesystemRequest;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.problem.BuildException;

/** Creates ext2, ext3 and ext4 in place and fills them without mounting. */
final class Ext {
  private Ext() {}

  /**
   * Creates one.
   *
   * @param name {@code ext2}, {@code ext3} or {@code ext4}
   */
  static void create(String name, FilesystemRequest request) throws BuildException, IOException {
    if (!request.formatCommand().isEmpty()) {
      request.sandbox().run(FormatCommand.of(request, "-F", "-d", request.tree().toString()));
      copyTop(request, request.file().toString());
      return;
    }
    Path configuration = request.scratch().resolve("mke2fs.conf");
    Files.writeString(configuration, ExtConfiguration.text(request.manifest().release()));
    long offset = request.offset().count();
    try {
      request
          .sandbox()
          .run(
              Command.of("mke2fs", "-q", "-F", "-t", name)
                  .with("-b", "4096", "-L", request.label(), "-U", request.uuid())
                  .with(features(request))
                  .with("-d", request.tree().toString(), "-E")
                  .with(
                      "offset="
                          + offset
                          + ",hash_seed="
                          + request.uuid()
                          + ",lazy_itable_init=0,nodiscard")
                  .with(request.file().toString(), request.size().count() / 1024 + "k")
                  .env("MKE2FS_CONFIG", configuration.toString()));
      copyTop(request, request.file() + "?offset=" + offset);
    } finally {
      Files.deleteIfExists(configuration);
    }
  }

  private static List<String> features(FilesystemRequest request) {
    List<String> unreadable = request.manifest().bootloader().unreadableFeatures();
    return unreadable.isEmpty() ? List.of() : List.of("-O", "^" + String.join(",^", unreadable));
  }

  /** Some versions of mke2fs do not copy owner and mode of the top directory of the tree. */
  private static void copyTop(FilesystemRequest request, String device)
      throws BuildException, IOException {
    Path tree = request.sandbox().outside(request.tree());
    Map<String, Object> top = Files.readAttributes(tree, "unix:mode,uid,gid");
    request
        .sandbox()
        .run(
            Command.of("debugfs", "-w", "-f", "-", device)
                .input(
                    String.format(
                        "sif / mode 0%o\nsif / uid %s\nsif / gid %s\n",
                        (Integer) top.get("mode"), top.get("uid"), top.get("gid"))));
  }
}
