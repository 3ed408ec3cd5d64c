/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipException;
import org.bootstrapvz.api.file.PrivateDirectory;
import org.bootstrapvz.api.file.UnsafePathException;
import org.bootstrapvz.api.value.Sha256;
import org.osgi.framework.Constants;

/**
 * The content of a file of the deploy directory.
 *
 * @param sha256 of its content
 * @param refusal why it cannot be deployed, as the end of a sentence
 */
record Jar(byte[] content, String sha256, Optional<String> refusal) {

  static Jar read(Path file, Signers signers) {
    try {
      Path checked = refuseIfOthersCanWrite(file);
      Optional<String> refusal = refusal(checked);
      byte[] content = refusal.isEmpty() ? Files.readAllBytes(checked) : new byte[0];
      if (refusal.isEmpty()) {
        refusal = signers.refusal(content);
      }
      if (refusal.isEmpty()) {
        refusal = ExitCalls.refusal(content);
      }
      return new Jar(content, Sha256.of(content), refusal);
    } catch (UnsafePathException e) {
      return unread("is not safe to run: " + e.getMessage());
    } catch (IOException e) {
      return unread("cannot be read: " + e.getMessage());
    }
  }

  private static Jar unread(String refusal) {
    byte[] nothing = {};
    return new Jar(nothing, Sha256.of(nothing), Optional.of(refusal));
  }

  /** The code in a jar runs as this user. The jar may be a link to one elsewhere. */
  private static Path refuseIfOthersCanWrite(Path file) throws IOException {
    PrivateDirectory.open(file.resolveSibling("."));
    Path real = file.toRealPath();
    return PrivateDirectory.open(real.resolveSibling("."))
        .checkedFile(real.getFileName().toString());
  }

  /** Opening a jar reads the table at its end, so that a partial copy is detected. */
  private static Optional<String> refusal(Path file) throws IOException {
    try (JarFile jar = new JarFile(file.toFile(), false)) {
      Manifest manifest = jar.getManifest();
      if (manifest == null
          || manifest.getMainAttributes().getValue(Constants.BUNDLE_SYMBOLICNAME) == null) {
        return Optional.of(
            "is not a bundle: its META-INF/MANIFEST.MF has no " + Constants.BUNDLE_SYMBOLICNAME);
      }
      if (manifest.getMainAttributes().getValue(Constants.FRAGMENT_HOST) != null) {
        return Optional.of("is a fragment of another bundle, which cannot be deployed");
      }
      return Optional.empty();
    } catch (ZipException e) {
      return Optional.of("is not a jar, or its copy is incomplete");
    }
  }
}
