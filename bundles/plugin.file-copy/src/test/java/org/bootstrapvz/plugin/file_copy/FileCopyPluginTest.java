/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.file_copy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.bootstrapvz.testkit.PluginTest;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestTaskSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileCopyPluginTest extends PluginTest<FileCopyPlugin> {
  FileCopyPluginTest() {
    super("file_copy", new FileCopyPlugin(), new ManifestFiles());
  }

  private TestBuild build(String settings) throws IOException {
    TestBuild build = newBuild(settings);
    assertEquals(List.of(), checker.problems());
    build.root().write("etc/passwd", "root:x:0:0:\nada:x:1000:1000:\n");
    build.root().write("etc/group", "root:x:0:\nstaff:x:50:\n");
    return build;
  }

  private static String mode(TestBuild build, String path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(build.root().resolve(path)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | plugins.file_copy:",
        "{files: []} | plugins.file_copy.files:",
        "{files: [{src: a}]} | plugins.file_copy.files.0: The key `dst` is missing",
        "{files: [{src: a, dst: etc/a}]} | plugins.file_copy.files.0.dst:",
        "{files: [{src: a, dst: /etc/}]} | plugins.file_copy.files.0.dst:",
        "{files: [{src: a, dst: /a, permissions: 644}]} | plugins.file_copy.files.0.permissions:",
        "{files: [{src: a, dst: /a, permissions: '+9'}]} | plugins.file_copy.files.0.permissions:",
        "{files: [{src: a, dst: /a, owner: 'a b'}]} | plugins.file_copy.files.0.owner:",
        "{files: [{src: a, dst: /a, mode: '0644'}]} | Unknown key `mode`",
        "{files: [{dst: /a}]} | plugins.file_copy.files.0: The key `src` is missing",
        "{files: [{src: a, content: b, dst: /a}]} | Remove one of src and content",
        "{files: [{content: '{nothing}', dst: /a, expand: true}]} | plugins.file_copy.files.0.content: There is no variable {nothing}",
        "{trees: [{dst: /}]} | plugins.file_copy.trees.0: The key `src` is missing",
        "{trees: [{src: a, dst: srv}]} | plugins.file_copy.trees.0.dst:",
        "{mkdirs: [{}]} | plugins.file_copy.mkdirs.0: The key `dir` is missing",
        "{folders: []} | Unknown key `folders`",
      })
  void invalidSettingsAreReported(String settings, String expected) {
    assertOneProblem(settings, expected);
  }

  @Test
  void onlyTheRequestedTasksAreSelected() {
    assertEquals(
        Set.of("MkdirCommand"),
        TestTaskSet.selectedBy(plugin, check("{mkdirs: [{dir: /srv/a}]}")).names());
    assertEquals(
        Set.of("ValidateFiles", "FileCopyCommand"),
        TestTaskSet.selectedBy(plugin, check("{files: [{src: a, dst: /a}]}")).names());
  }

  @Test
  void allMissingFilesAreReportedAtOnce() throws Exception {
    Files.writeString(directory.resolve("there"), "");
    TestBuild build =
        build("{files: [{src: a, dst: /a}, {src: there, dst: /b}, {src: sub/c, dst: /c}]}");
    BuildException e = assertThrows(BuildException.class, () -> new ValidateFiles().run(build));
    String[] lines = e.getMessage().split("\n");
    assertEquals(2, lines.length, e.getMessage());
    assertTrue(
        lines[0].endsWith(": plugins.file_copy.files.0.src: there is no " + directory.resolve("a")),
        lines[0]);
    assertTrue(lines[1].contains("files.2.src"), lines[1]);
  }

  @Test
  void aFileKeepsItsModeAndADirectoryItsContent() throws Exception {
    Path tree = Files.createDirectories(directory.resolve("tree/sub"));
    Files.writeString(tree.resolve("run"), "run");
    Files.setPosixFilePermissions(
        tree.resolve("run"), PosixFilePermissions.fromString("rwxr-x--x"));
    Files.setPosixFilePermissions(tree, PosixFilePermissions.fromString("rwx------"));
    Files.createSymbolicLink(directory.resolve("tree/link"), Path.of("/etc/target"));
    TestBuild build =
        build("{files: [{src: tree/sub/run, dst: /usr/bin/run}, {src: tree, dst: /srv/tree}]}");
    new FileCopyCommand().run(build);
    assertEquals("run", build.root().read("usr/bin/run"));
    assertEquals("rwxr-x--x", mode(build, "usr/bin/run"));
    assertEquals("rwx------", mode(build, "srv/tree/sub"));
    assertEquals("rwxr-x--x", mode(build, "srv/tree/sub/run"));
    assertEquals(
        Path.of("/etc/target"),
        Files.readSymbolicLink(build.root().resolve("srv/tree").resolve("link")));
    assertEquals(List.of(), build.host().imageCommands());
  }

  @Test
  void aFileOfTheManifestIsWrittenWithItsContent() throws Exception {
    TestBuild build =
        build(
            "{files: [{content: 'a {b}', dst: /etc/a}, {content: '{system.release} {{', dst: /etc/b,"
                + " expand: true, permissions: '0600'}]}");
    new ValidateFiles().run(build);
    new FileCopyCommand().run(build);
    assertEquals("a {b}", build.root().read("etc/a"));
    assertEquals("rw-r--r--", mode(build, "etc/a"));
    assertEquals(build.manifest().at("system.release").text() + " {", build.root().read("etc/b"));
    assertEquals(List.of("chmod -- 0600 /etc/b"), build.host().imageCommandLines());
  }

  @Test
  void variablesInAFileOfTheHostAreExpandedOnRequest() throws Exception {
    Files.writeString(directory.resolve("a"), "release={system.release}");
    TestBuild build = build("{files: [{src: a, dst: /a, expand: true}, {src: a, dst: /b}]}");
    new ValidateFiles().run(build);
    new FileCopyCommand().run(build);
    assertEquals("release=" + build.manifest().at("system.release").text(), build.root().read("a"));
    assertEquals("release={system.release}", build.root().read("b"));
  }

  @Test
  void whatCannotBeExpandedIsReportedBeforeTheBuild() throws Exception {
    Files.writeString(directory.resolve("a"), "{nothing}");
    Files.write(directory.resolve("b"), new byte[] {(byte) 0xff});
    Files.createDirectory(directory.resolve("c"));
    TestBuild build =
        build(
            "{files: [{src: a, dst: /a, expand: true}, {src: b, dst: /b, expand: true},"
                + " {src: c, dst: /c, expand: true}], trees: [{src: a}]}");
    String[] lines =
        assertThrows(BuildException.class, () -> new ValidateFiles().run(build))
            .getMessage()
            .split("\n");
    assertTrue(lines[0].contains("files.0.src: in "), lines[0]);
    assertTrue(lines[0].contains("There is no variable {nothing}"), lines[0]);
    assertTrue(lines[1].contains("files.1.src: "), lines[1]);
    assertTrue(lines[1].contains("cannot be read as a text"), lines[1]);
    assertTrue(lines[2].contains("is a directory"), lines[2]);
    assertTrue(lines[3].contains("trees.0.src: there is no directory"), lines[3]);
  }

  @Test
  void aTreeIsAddedToWhatTheImageHas() throws Exception {
    Path etc = Files.createDirectories(directory.resolve("tree/etc/app"));
    Files.writeString(etc.resolve("a.conf"), "new");
    Files.createSymbolicLink(directory.resolve("tree/etc/link"), Path.of("app"));
    Files.setPosixFilePermissions(etc.getParent(), PosixFilePermissions.fromString("rwx------"));
    TestBuild build = build("{trees: [{src: tree, owner: ada}]}");
    build.root().makeDirectory("etc", 0755);
    build.root().write("etc/other", "kept");
    new ValidateFiles().run(build);
    new CopyTrees().run(build);
    assertEquals("new", build.root().read("etc/app/a.conf"));
    assertEquals("kept", build.root().read("etc/other"));
    assertEquals("rwxr-xr-x", mode(build, "etc"));
    assertEquals(
        Path.of("app"), Files.readSymbolicLink(build.root().resolve("etc").resolve("link")));
    assertEquals(
        List.of("xargs --null chown --no-dereference -- ada"), build.host().imageCommandLines());
    assertEquals(
        "/etc/app\0/etc/app/a.conf\0/etc/link",
        build.host().imageCommands().get(0).input().orElseThrow().reveal());
  }

  @Test
  void aFileOfATreeDoesNotReplaceADirectory() throws Exception {
    Files.createDirectory(directory.resolve("tree"));
    Files.writeString(directory.resolve("tree/srv"), "");
    TestBuild build = build("{trees: [{src: tree}]}");
    build.root().makeDirectory("srv", 0755);
    BuildException e = assertThrows(BuildException.class, () -> new CopyTrees().run(build));
    assertTrue(e.getMessage().startsWith("The image has a directory /srv, but "), e.getMessage());
  }

  @Test
  void linksInTheImageDoNotLeadOutOfIt() throws Exception {
    Files.writeString(directory.resolve("a"), "copied");
    TestBuild build = build("{files: [{src: a, dst: /way/out}]}");
    build.root().symlink("way", directory.toString());
    new FileCopyCommand().run(build);
    assertFalse(Files.exists(directory.resolve("out")));
    assertEquals("copied", build.root().read("way/out"));
  }

  @Test
  void ownerGroupAndModeAreSetInTheImage() throws Exception {
    Files.writeString(directory.resolve("a"), "");
    TestBuild build =
        build(
            "{mkdirs: [{dir: /srv/d, group: '7'}],"
                + " files: [{src: a, dst: /a, owner: ada, group: staff, permissions: '0640'}]}");
    new MkdirCommand().run(build);
    new FileCopyCommand().run(build);
    assertEquals(
        List.of(
            "chown --recursive --no-dereference -- :7 /srv/d",
            "chown --recursive --no-dereference -- ada:staff /a",
            "chmod -- 0640 /a"),
        build.host().imageCommandLines());
    assertEquals("rwxr-xr-x", mode(build, "srv/d"));
  }

  @ParameterizedTest
  @CsvSource({"owner,eve,user", "group,crew,group"})
  void aUserOrGroupThatTheImageDoesNotHaveIsRefused(String key, String name, String what)
      throws Exception {
    TestBuild build = build("{mkdirs: [{dir: /srv/d, " + key + ": " + name + "}]}");
    BuildException e = assertThrows(BuildException.class, () -> new MkdirCommand().run(build));
    assertTrue(
        e.getMessage()
            .endsWith(
                ": plugins.file_copy.mkdirs.0."
                    + key
                    + ": the image has no "
                    + what
                    + " "
                    + name
                    + ". Write one it has, or a number"),
        e.getMessage());
  }

  @Test
  void anExistingDirectoryIsNotReplaced() throws Exception {
    Files.writeString(directory.resolve("a"), "");
    TestBuild build = build("{files: [{src: a, dst: /etc}]}");
    BuildException e = assertThrows(BuildException.class, () -> new FileCopyCommand().run(build));
    assertTrue(e.getMessage().contains("the image already has a directory /etc"), e.getMessage());
  }
}
