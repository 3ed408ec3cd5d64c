/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.function.BiConsumer;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.Sandbox;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.api.value.Sha256;

/** Determines the sizes and the checksum of a local artefact. */
final class Measurement {
  /** From this size on, computing the checksum takes long enough to show its progress. */
  private static final long LARGE = 64 << 20;

  private final Sandbox sandbox;
  private final BiConsumer<Double, String> progress;

  /**
   * @param progress receives a fraction from 0 to 1 and the current step
   */
  Measurement(Sandbox sandbox, BiConsumer<Double, String> progress) {
    this.sandbox = sandbox;
    this.progress = progress;
  }

  /**
   * Measures a file, a directory or a block device.
   *
   * @throws BuildException if there is none
   */
  Artefact.Local of(Path path) throws BuildException {
    try {
      return measured(path);
    } catch (IOException e) {
      throw undeliverable(path, Explanation.of(e), e);
    }
  }

  private Artefact.Local measured(Path path) throws BuildException, IOException {
    if (Files.isRegularFile(path)) {
      return new Artefact.Local(path, Files.size(path), sizeOnDisk(path), sha256(path));
    }
    if (Files.isDirectory(path)) {
      return new Artefact.Local(path, sizeOfTree(path, "--apparent-size"), sizeOfTree(path), "");
    }
    if (!Files.exists(path)) {
      throw undeliverable(path, "there is no such file, directory or device");
    }
    String kind = stat(path, "%F");
    if (!kind.equals("block special file")) {
      throw undeliverable(path, "it is a " + kind);
    }
    long size =
        Long.parseLong(
            sandbox.run(Command.of("blockdev", "--getsize64", path.toString())).text().strip());
    return new Artefact.Local(path, size, size, "");
  }

  static BuildException undeliverable(Path path, String reason) {
    return new BuildException(undeliverableMessage(path, reason));
  }

  static BuildException undeliverable(Path path, String reason, IOException cause) {
    return new BuildException(undeliverableMessage(path, reason), cause);
  }

  private static String undeliverableMessage(Path path, String reason) {
    return "The artefact " + path + " cannot be delivered: " + reason;
  }

  private long sizeOnDisk(Path file) throws BuildException {
    String[] blocks = stat(file, "%b %B").split(" ");
    return Long.parseLong(blocks[0]) * Long.parseLong(blocks[1]);
  }

  private String stat(Path path, String format) throws BuildException {
    return sandbox
        .run(Command.of("stat", "--dereference", "--format=" + format, "--", path.toString()))
        .text();
  }

  private long sizeOfTree(Path directory, String... options) throws BuildException {
    String answer =
        sandbox
            .run(
                Command.of("du", "--summarize", "--dereference-args", "--block-size=1")
                    .with(options)
                    .with("--", directory.toString()))
            .text();
    return Long.parseLong(answer.substring(0, answer.indexOf('\t')));
  }

  private String sha256(Path file) throws IOException {
    MessageDigest digest = Sha256.digest();
    long size = Files.size(file);
    long done = 0;
    int shown = 0;
    byte[] buffer = new byte[1 << 16];
    try (InputStream content = Files.newInputStream(file)) {
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        digest.update(buffer, 0, read);
        done += read;
        if (size >= LARGE && done * 100 / size > shown) {
          shown = (int) (done * 100 / size);
          progress.accept(shown / 100.0, "computing the checksum");
        }
      }
    }
    return Sha256.hex(digest.digest());
  }
}
