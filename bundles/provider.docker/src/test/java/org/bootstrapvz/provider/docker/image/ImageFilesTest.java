/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.common.cleanup.ImageTime;
import org.bootstrapvz.common.workspace.ReplacedArtefact;
import org.bootstrapvz.provider.docker.ContainerManifest;
import org.bootstrapvz.testkit.TestBuild;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From a tree to layer and image. */
class ImageFilesTest {
  private static final String SETTINGS =
      """
        labels: {summary: "{system.release} and more"}
        dockerfile: [CMD /bin/bash]
      """;

  private static final Instant PACKAGED = Instant.parse("2024-05-06T07:08:09Z");

  @TempDir Path folder;

  private TestBuild build(String name) throws IOException {
    return ContainerManifest.build(SETTINGS, Files.createDirectory(folder.resolve(name)));
  }

  private static void write(Root root, String path, String text) throws IOException {
    root.write(path, text);
  }

  private static void age(Root root, String path, Instant time) throws IOException {
    Files.setLastModifiedTime(root.resolve(path), FileTime.from(time));
  }

  private static void packageOf(Root root, Instant time) throws IOException {
    write(root, "var/lib/dpkg/info/a.md5sums", "");
    age(root, "var/lib/dpkg/info/a.md5sums", time);
    write(root, "var/lib/dpkg/info/a.list", "written now");
  }

  private static void fill(Root root, boolean backwards) throws IOException {
    packageOf(root, PACKAGED);
    List<String> names = List.of("a", "b", "c", "d");
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(backwards ? names.size() - 1 - i : i);
      write(root, "etc/" + name, name);
    }
    age(root, "etc/a", Instant.parse("2020-01-02T03:04:05Z").plusMillis(backwards ? 1 : 2));
    root.chmod("etc/b", 04755);
    Files.createLink(root.resolve("etc/hard"), root.resolve("etc/c"));
    Files.createSymbolicLink(root.resolve("etc/soft"), Path.of("/nowhere"));
    root.makeDirectory("tmp", 01777);
    Files.getFileAttributeView(root.resolve("etc/d"), UserDefinedFileAttributeView.class)
        .write("note", StandardCharsets.UTF_8.encode("kept"));
  }

  private static Layer layer(TestBuild build) throws Exception {
    new CreateLayer().run(build);
    return build.require(Layer.class);
  }

  private String tar(Path archive, String... options) throws Exception {
    ProcessBuilder command = new ProcessBuilder("tar", "--file=" + archive);
    command.command().addAll(List.of(options));
    command.environment().put("TZ", "UTC");
    Process process = command.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }

  @Test
  void theSameTreeMadeInAnotherOrderAndAtAnotherTimeGivesTheSameBytes() throws Exception {
    TestBuild first = build("first");
    fill(first.root(), false);
    TestBuild second = build("second");
    fill(second.root(), true);
    age(second.root(), "etc/c", Instant.now().plusSeconds(100));
    Layer layer = layer(first);
    assertEquals(layer.digest(), layer(second).digest());
    assertEquals(PACKAGED, layer.time());
    assertEquals(
        layer.digest(), Digest.of(Files.readAllBytes(layer.file())), "the digest is the file's");
    assertFalse(Files.exists(first.workspace().resolve("layer.tar")), "the larger file is gone");
  }

  @Test
  void anotherFileGivesAnotherDigest() throws Exception {
    TestBuild first = build("first");
    fill(first.root(), false);
    TestBuild second = build("second");
    fill(second.root(), false);
    second.root().chmod("etc/a", 0600);
    assertFalse(layer(first).digest().equals(layer(second).digest()));
  }

  @Test
  void linksModesOwnersAndAttributesAreInTheLayerAndNoTimeIsNewerThanThePackages()
      throws Exception {
    TestBuild build = build("only");
    fill(build.root(), false);
    String list =
        tar(
            layer(build).file(),
            "--list",
            "--verbose",
            "--full-time",
            "--numeric-owner",
            "--xattrs");
    int user = (int) Files.getAttribute(folder, "unix:uid");
    int group = (int) Files.getAttribute(folder, "unix:gid");
    for (String expected :
        List.of(
            "-rwsr-xr-x  " + user + "/" + group + " 1 2024-05-06 07:08:09 etc/b",
            "hrw-r--r--  " + user + "/" + group + " 0 2024-05-06 07:08:09 etc/hard link to etc/c",
            "lrwxrwxrwx  " + user + "/" + group + " 0 2024-05-06 07:08:09 etc/soft -> /nowhere",
            "drwxrwxrwt  " + user + "/" + group + " 0 2024-05-06 07:08:09 tmp/",
            "-rw-r--r--  " + user + "/" + group + " 1 2020-01-02 03:04:05 etc/a")) {
      assertTrue(
          list.replaceAll("(?<=^|\n)(\\S+)[* ]*", "$1  ")
              .replaceAll("(\\d/\\d+) +", "$1 ")
              .contains(expected),
          expected + " in:\n" + list);
    }
    Path out = Files.createDirectory(folder.resolve("out"));
    tar(layer(build("again", build)).file(), "--extract", "--xattrs", "--directory=" + out);
    var note = java.nio.ByteBuffer.allocate(4);
    Files.getFileAttributeView(out.resolve("etc/d"), UserDefinedFileAttributeView.class)
        .read("note", note);
    assertEquals("kept", StandardCharsets.UTF_8.decode(note.flip()).toString());
  }

  private TestBuild build(String name, TestBuild like) throws IOException {
    TestBuild other = build(name);
    fill(other.root(), true);
    assertEquals(like.manifest().name(), other.manifest().name());
    return other;
  }

  @Test
  void theTimeInTheEnvironmentTakesPrecedence() throws Exception {
    TestBuild build = build("only");
    packageOf(build.root(), PACKAGED);
    assertEquals(PACKAGED, ImageTime.of(build.root(), Map.of()));
    assertEquals(
        Instant.ofEpochSecond(86_400),
        ImageTime.of(build.root(), Map.of("SOURCE_DATE_EPOCH", "86400")));
    BuildException e =
        assertThrows(
            BuildException.class,
            () -> ImageTime.of(build.root(), Map.of("SOURCE_DATE_EPOCH", "yesterday")));
    assertTrue(e.getMessage().contains("seconds since 1970"), e.getMessage());
  }

  private OciImage image(TestBuild build) throws Exception {
    layer(build);
    new PopulateLabels().run(build);
    new AppendManifestDockerfile().run(build);
    new CreateImage().run(build);
    return build.require(OciImage.class);
  }

  private static JsonNode json(byte[] bytes) {
    return JsonMapper.shared().readTree(bytes);
  }

  @Test
  void theLayoutIsConsistentFromTheIndexToTheFiles() throws Exception {
    TestBuild build = build("only");
    fill(build.root(), false);
    OciImage image = image(build);
    assertEquals(folder.resolve("only/team-debian-trixie.oci"), image.layout());
    JsonNode index = json(Files.readAllBytes(image.layout().resolve("index.json")));
    assertEquals(
        "trixie",
        index.at("/manifests/0/annotations/org.opencontainers.image.ref.name").asString());
    assertEquals(image.manifest(), index.at("/manifests/0/digest").asString());
    byte[] manifest = Files.readAllBytes(image.file(image.manifest()));
    assertEquals(image.manifest(), Digest.of(manifest));
    assertEquals(manifest.length, index.at("/manifests/0/size").asInt());
    for (String pointer : List.of("/config", "/layers/0")) {
      JsonNode descriptor = json(manifest).at(pointer);
      byte[] blob = Files.readAllBytes(image.file(descriptor.path("digest").asString()));
      assertEquals(descriptor.path("digest").asString(), Digest.of(blob));
      assertEquals(descriptor.path("size").asInt(), blob.length);
    }
    JsonNode config =
        json(Files.readAllBytes(image.file(json(manifest).at("/config/digest").asString())));
    assertEquals("2024-05-06T07:08:09Z", config.path("created").asString());
    assertEquals("amd64", config.path("architecture").asString());
    assertEquals("[\"/bin/sh\",\"-c\",\"/bin/bash\"]", config.at("/config/Cmd").toString());
    assertEquals(
        "{\"architecture\":\"amd64\",\"build-date\":\"2024-05-06T07:08:09Z\","
            + "\"name\":\"team/debian:trixie\",\"summary\":\"trixie and more\"}",
        config.at("/config/Labels").toString());
    assertEquals(
        "{\"type\":\"layers\",\"diff_ids\":[\""
            + build.require(Layer.class).contentDigest()
            + "\"]}",
        config.at("/rootfs").toString(),
        "in this order, as it is part of the digest");
  }

  @Test
  void theArchiveForDockerContainsTheSameFilesAndNamesTheImage() throws Exception {
    TestBuild build = build("only");
    fill(build.root(), false);
    OciImage image = image(build);
    Path archive = folder.resolve("only/team-debian-trixie.tar");
    assertEquals(List.of(image.layout(), archive), build.delivered());
    JsonNode docker =
        json(
            tar(archive, "--extract", "--to-stdout", "manifest.json")
                .getBytes(StandardCharsets.UTF_8));
    assertEquals("[\"team/debian:trixie\"]", docker.at("/0/RepoTags").toString());
    String files = tar(archive, "--list");
    for (OciImage.Blob blob : image.blobs()) {
      assertTrue(files.contains("blobs/sha256/" + Digest.fileName(blob.digest())), files);
    }
    assertTrue(files.contains(docker.at("/0/Config").asString()), files);
    assertTrue(files.contains(docker.at("/0/Layers/0").asString()), files);
    assertFalse(files.contains("index.json"), "which would have another name for the image");
  }

  @Test
  void anOlderImageIsReplacedButNoOtherDirectory() throws Exception {
    TestBuild first = build("only");
    fill(first.root(), false);
    OciImage older = image(first);
    TestBuild second =
        new TestBuild(first.manifest(), Files.createDirectory(folder.resolve("x")))
            .with(ReplacedArtefact.TYPE, new ReplacedArtefact());
    second.host().running();
    fill(second.root(), false);
    Files.move(older.layout(), folder.resolve("x/team-debian-trixie.oci"));
    write(second.root(), "etc/new", "");
    OciImage newer = image(second);
    assertFalse(older.manifest().equals(newer.manifest()));
    assertFalse(Files.exists(newer.file(older.manifest())), "nothing of the older one is in it");

    TestBuild third = new TestBuild(first.manifest(), Files.createDirectory(folder.resolve("y")));
    third.host().running();
    fill(third.root(), false);
    Files.writeString(folder.resolve("y/team-debian-trixie.oci"), "a letter");
    BuildException e = assertThrows(BuildException.class, () -> image(third));
    assertTrue(e.getMessage().contains("is a file. Move it out of the way"), e.getMessage());
    assertEquals(List.of(), third.delivered());
  }
}
