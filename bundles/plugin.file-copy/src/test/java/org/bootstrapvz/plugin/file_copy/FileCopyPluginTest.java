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
