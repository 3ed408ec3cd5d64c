/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipException;
import org.osgi.framework.Constants;

/**
 * A file of the deploy folder, read.
 *
 * @param sha256 of its content
 * @param refusal why it cannot be a bundle, as the end of a sentence; empty if it can
 */
record Jar(byte[] content, String sha256, String refusal) {

  static Jar read(Path file, Signers signers) {
    try {
      String refusal = refusal(file).orElse("");
      byte[] content = refusal.isEmpty() ? Files.readAllBytes(file) : new byte[0];
      if (refusal.isEmpty()) {
        refusal = signers.refusal(content).orElse("");
      }
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return new Jar(content, HexFormat.of().formatHex(digest), refusal);
    } catch (IOException e) {
      return new Jar(new byte[0], "", "cannot be read: " + e.getMessage());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** Opening it needs the table at its end, so a file that was copied only in part is noticed. */
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
      return Optional.of("is not a jar, or was copied only in part");
    }
  }
}
