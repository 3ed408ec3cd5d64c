/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.bootstrapvz.api.value.Sha256;
import org.bootstrapvz.cli.FileProblem;

/**
 * Downloads an artefact, to a file with another name until its checksum is verified. Resumes a
 * download that was interrupted.
 */
final class Download {
  private static final int ATTEMPTS = 5;
  private static final String UNFINISHED = ".part";

  private final ApplianceClient client;
  private final String path;
  private final Path target;
  private final long size;
  private final String sha256;

  Download(ApplianceClient client, String path, Path target, long size, String sha256) {
    this.client = client;
    this.path = path;
    this.target = target;
    this.size = size;
    this.sha256 = sha256;
  }

  /** Downloads what is missing; false if the file was already complete. */
  boolean run() throws ApplianceException, InterruptedException {
    Path part = target.resolveSibling(target.getFileName() + UNFINISHED);
    try {
      if (Files.exists(target) && Files.size(target) == size && Sha256.of(target).equals(sha256)) {
        return false;
      }
      for (int attempt = 1; ; attempt++) {
        try {
          downloadRest(part);
          break;
        } catch (IOException e) {
          if (Thread.interrupted()) {
            throw new InterruptedException();
          }
          if (attempt == ATTEMPTS) {
            throw e;
          }
        }
      }
      if (!Sha256.of(part).equals(sha256)) {
        Files.delete(part);
        throw new ApplianceException(
            target.getFileName()
                + " was damaged in transit: its SHA-256 is not "
                + sha256
                + ". Run the command again");
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return true;
    } catch (IOException e) {
      throw new ApplianceException("Cannot download " + FileProblem.describe(e));
    }
  }

  private void downloadRest(Path part)
      throws IOException, ApplianceException, InterruptedException {
    long here = Files.exists(part) ? Files.size(part) : 0;
    if (here > size) {
      Files.delete(part);
      here = 0;
    }
    if (here == size && Files.exists(part)) {
      return;
    }
    ApiRequest request = ApiRequest.of("GET", path);
    if (here > 0) {
      request =
          request.header("Range", "bytes=" + here + "-").header("If-Range", "\"" + sha256 + "\"");
    }
    ApiResponse response = client.open(request);
    boolean resumes = response.status() == 206;
    try (InputStream in = response.body();
        OutputStream out =
            Files.newOutputStream(
                part,
                StandardOpenOption.CREATE,
                resumes ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
      in.transferTo(out);
    }
    if (Files.size(part) < size) {
      throw new IOException(target + ": the connection was lost");
    }
  }
}
