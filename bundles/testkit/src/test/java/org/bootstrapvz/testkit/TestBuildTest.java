/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.Resource;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.task.Artefact;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestBuildTest {
  @TempDir Path folder;
  private TestBuild build;

  @BeforeEach
  void make() throws IOException {
    build = new TestBuild(new TestManifest(), folder);
  }

  private static ResourceSpec lease(String name) {
    return new ResourceSpec("lease", Map.of("name", name), "lease " + name);
  }

  @Test
  void resourcesAreReleasedOnceInReverseOrder() throws Exception {
    List<String> released = new ArrayList<>();
    build.with("lease", (spec, context) -> released.add(spec.parameters().get("name")));
    build.acquire(lease("first"), () -> {});
    build.acquire(lease("second"), () -> {}).release();
    build.acquire(lease("third"), () -> {});

    build.close();
    build.close();

    assertEquals(List.of("second", "third", "first"), released);
    assertEquals(List.of(), build.held());
    assertEquals(3, build.acquired().size());
  }

  @Test
  void aResourceThatCannotBeReleasedIsNamedAndDoesNotAffectTheOthers() throws Exception {
    build.with(
        "lease",
        (spec, context) -> {
          throw new IOException("busy");
        });
    Path file = folder.resolve("file");
    build.acquire(ResourceSpec.file(file), () -> Files.createFile(file));
    build.acquire(lease("a"), () -> {});

    BuildException failure = assertThrows(BuildException.class, build::close);

    assertEquals("Not released: lease a: busy", failure.getMessage());
    assertFalse(Files.exists(file));
    assertEquals(List.of(lease("a")), build.held());
  }

  @Test
  void aHalfCreatedResourceIsReleasedToo() throws Exception {
    Path made = folder.resolve("made");
    assertThrows(
        BuildException.class,
        () ->
            build.acquire(
                ResourceSpec.folder(made),
                () -> {
                  Files.createDirectory(made);
                  Files.createFile(made.resolve("file"));
                  throw new IOException("no space");
                }));

    build.close();

    assertFalse(Files.exists(made));
  }

  @Test
  void aDeliveredFileStays() throws Exception {
    Path image = build.workspace().resolve("image");
    build.acquire(
        ResourceSpec.folder(build.workspace()), () -> Files.writeString(image, "content"));
    Files.createFile(build.workspace().resolve("other"));
    Artefact.Local artefact = build.deliver(image);

    build.close();

    assertEquals("content", Files.readString(image));
    assertFalse(Files.exists(build.workspace().resolve("other")));
    assertEquals(7, artefact.size());
    assertEquals(List.of(image), build.delivered());
    assertTrue(artefact.sha256().startsWith("ed7002b4"));
  }

  @Test
  void aResourceOfAnUnknownTypeCannotBeAcquired() {
    assertThrows(IllegalStateException.class, () -> build.acquire(lease("a"), () -> {}));
  }

  @Test
  void mountsAreReleasedByACommand() throws Exception {
    build.acquire(ResourceSpec.mount(Path.of("/mnt"), "proc"), () -> {});
    build.close();
    assertEquals(List.of("umount --recursive /mnt"), build.host().commandLines());
  }

  @Test
  void valuesAreReturnedInTheOrderInWhichTheyWereProvided() {
    build.provide(String.class, "a");
    build.provide(String.class, "b");

    assertEquals(List.of("a", "b"), build.all(String.class));
    assertEquals(
        "One value of java.lang.String is required, 2 were provided",
        assertThrows(IllegalStateException.class, () -> build.require(String.class)).getMessage());
  }

  @Test
  void commandsOfHostAndImageAreRecordedSeparately() throws Exception {
    build.host().answering("uname -r", "6.12");
    build.run(Command.of("true"));

    assertEquals("6.12", build.root().run(Command.of("uname", "-r")).text());
    assertEquals(List.of("true"), build.host().commandLines());
    assertEquals(List.of("uname -r"), build.host().imageCommandLines());
  }

  @Test
  void aRemoteArtefactKeepsItsResource() throws Exception {
    List<String> nonces = new ArrayList<>();
    build.with("cloud", (spec, context) -> nonces.add("released " + context.nonce()));
    Resource image =
        build.acquire(
            new ResourceSpec("cloud", Map.of(), "image"), nonce -> nonces.add("created " + nonce));
    Resource upload = build.acquire(new ResourceSpec("cloud", Map.of(), "upload"), nonce -> {});
    Artefact.Remote artefact = new Artefact.Remote("ec2-image", "", "", "ami-1", "");

    build.deliver(artefact, image);
    build.close();

    assertEquals(List.of(artefact), build.deliveredRemotely());
    assertEquals(List.of("created " + image.nonce(), "released " + upload.nonce()), nonces);
    assertThrows(IllegalArgumentException.class, () -> build.deliver(artefact, upload));
  }
}
