/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.deploy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
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
  void aJarThatEndsTheProcessIsRefused() throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
    manifest.getMainAttributes().putValue("Bundle-SymbolicName", "org.acme");
    String entry = ExitCallsTest.Exiting.class.getName().replace('.', '/') + ".class";
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest);
        InputStream content = ExitCallsTest.class.getResourceAsStream("/" + entry)) {
      jar.putNextEntry(new ZipEntry(entry));
      content.transferTo(jar);
    }
    assertTrue(read().refusal().orElseThrow().startsWith("calls System.exit in the method check"));
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

  @Test
  void aJarThatOthersCanReplaceOrWriteIsNotRead() throws IOException {
    write("Bundle-SymbolicName: org.acme");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    assertUnsafe(file + " belongs to " + Files.getOwner(file) + " and has mode 0666");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertUnsafe("The directory " + folder + " belongs to " + Files.getOwner(folder));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertEquals(Optional.empty(), read().refusal());
  }

  @Test
  void aJarMayBeALinkIntoADirectoryThatOthersCannotWriteTo() throws IOException {
    write("Bundle-SymbolicName: org.acme");
    Path built = Files.createDirectory(folder.resolve("target")).resolve("built.jar");
    Files.move(file, built);
    Files.createSymbolicLink(file, built);
    assertEquals(Optional.empty(), read().refusal());
    Files.setPosixFilePermissions(built.getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));
    assertUnsafe("The directory " + built.getParent());
  }

  private void assertUnsafe(String reason) {
    Jar jar = read();
    assertEquals(0, jar.content().length);
    String refusal = jar.refusal().orElseThrow();
    assertTrue(refusal.startsWith("is not safe to run: " + reason), refusal);
  }
}
