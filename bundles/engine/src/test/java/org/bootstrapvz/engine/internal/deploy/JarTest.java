/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.deploy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("a.jar");
  }

  private void write(String... headers) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
    for (String header : headers) {
      String[] parts = header.split(": ");
      manifest.getMainAttributes().putValue(parts[0], parts[1]);
    }
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest)) {
      jar.finish();
    }
  }

  private Jar read() {
    return Jar.read(file, new Signers(new PluginSettings(folder.resolve("plugins.properties"))));
  }

  @Test
  void aBundleIsReadWithItsChecksum() throws IOException {
    write("Bundle-SymbolicName: org.acme");
    Jar jar = read();
    assertEquals(Optional.empty(), jar.refusal());
    assertArrayEquals(Files.readAllBytes(file), jar.content());
    assertEquals(jar.sha256(), read().sha256());
    write("Bundle-SymbolicName: org.acme", "Bundle-Version: 2");
    assertNotEquals(jar.sha256(), read().sha256());
  }

  @Test
  void aJarWithoutASymbolicNameIsNotABundle() throws IOException {
    write();
    assertEquals(
        "is not a bundle: its META-INF/MANIFEST.MF has no Bundle-SymbolicName",
        read().refusal().orElseThrow());
  }

  @Test
  void aFragmentIsRefused() throws IOException {
    write("Bundle-SymbolicName: org.acme", "Fragment-Host: org.bootstrapvz.api");
    assertEquals(
        "is a fragment of another bundle, which cannot be deployed",
        read().refusal().orElseThrow());
  }

  @Test
  void anIncompleteJarIsDetected() throws IOException {
    write("Bundle-SymbolicName: org.acme");
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    assertEquals("is not a jar, or its copy is incomplete", read().refusal().orElseThrow());
  }

  @Test
  void anEmptyFileIsNotAJar() throws IOException {
    Files.createFile(file);
    assertEquals("is not a jar, or its copy is incomplete", read().refusal().orElseThrow());
  }

  @Test
  void aDeletedFileCannotBeRead() {
    assertEquals("cannot be read: " + file, read().refusal().orElseThrow());
  }
}
