/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.registry;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.provider.docker.ContainerManifest;
import org.bootstrapvz.provider.docker.image.Digest;
import org.bootstrapvz.provider.docker.image.OciImage;
import org.bootstrapvz.testkit.TestBuild;

/** An image with a layer and a configuration, a registry, and builds that push the image to it. */
final class PushScenario implements AutoCloseable {
  static final String PASSWORD = "Gr33n-Tomato";
  static final String LOGIN = ", username: me, password: " + PASSWORD;

  private final Path folder;
  private final FakeRegistry registry = FakeRegistry.plain();
  private final byte[] manifest = "{\"schemaVersion\":2}".getBytes(StandardCharsets.UTF_8);
  private final OciImage image;

  PushScenario(Path folder) throws IOException {
    this.folder = folder;
    Path layout = folder.resolve("image.oci");
    Files.createDirectories(layout.resolve("blobs/sha256"));
    byte[] layer = new byte[300_000];
    new Random(1).nextBytes(layer);
    image =
        new OciImage(
            layout,
            write(layout, manifest).digest(),
            List.of(
                write(layout, layer),
                write(layout, "{\"os\":\"linux\"}".getBytes(StandardCharsets.UTF_8))));
  }

  private static OciImage.Blob write(Path layout, byte[] content) throws IOException {
    String digest = Digest.of(content);
    Files.write(layout.resolve("blobs/sha256").resolve(Digest.fileName(digest)), content);
    return new OciImage.Blob(digest, content.length);
  }

  FakeRegistry registry() {
    return registry;
  }

  OciImage image() {
    return image;
  }

  byte[] manifest() {
    return manifest;
  }

  /** A build whose manifest has additional settings in {@code provider.push}. */
  TestBuild build(String settings) throws IOException {
    TestBuild build =
        ContainerManifest.build(
            "  push: {to: \"" + registry.name() + "/team/debian:x\"" + settings + "}\n",
            Files.createTempDirectory(folder, "build"));
    build.provide(OciImage.class, image);
    return build;
  }

  TestBuild succeeds(String settings) throws Exception {
    TestBuild build = build(settings);
    new PushImage().run(build);
    return build;
  }

  /** Expects the push to fail and returns the message, which must not contain the password. */
  String failure(String settings) throws Exception {
    TestBuild build = build(settings);
    BuildException e = assertThrows(BuildException.class, () -> new PushImage().run(build));
    assertFalse(e.getMessage().contains(PASSWORD), e.getMessage());
    assertFalse(build.logged().toString().contains(PASSWORD), build.logged().toString());
    assertFalse(
        build.logged().toString().contains("Pushed"), "it is not called done: " + build.logged());
    assertTrue(e.getMessage().contains("was not pushed to " + registry.name()), e.getMessage());
    assertTrue(e.getMessage().contains(image.layout().toString()), e.getMessage());
    return e.getMessage();
  }

  static void assertSays(String message, String... parts) {
    for (String part : parts) {
      assertTrue(message.contains(part), part + " in: " + message);
    }
  }

  @Override
  public void close() {
    registry.close();
  }
}
