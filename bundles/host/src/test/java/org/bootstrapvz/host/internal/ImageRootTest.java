/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandException;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.host.Sandbox;
import org.bootstrapvz.api.problem.BuildException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsNamespaces
class ImageRootTest {
  private final RecordingObserver observer = new RecordingObserver();
  private Sandbox sandbox;
  private Root root;

  @TempDir Path folder;

  /** The root is on a tmpfs that only the sandbox sees. */
  @BeforeEach
  void open() throws BuildException {
    sandbox = new LinuxMachine().open(observer);
    sandbox.run(Command.of("mount", "-t", "tmpfs", "tmpfs", folder.toString()));
    root = sandbox.root(folder.resolve("tree"));
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  private int mode(String path) throws IOException {
    return (Integer) Files.getAttribute(root.resolve(path), "unix:mode") & 07777;
  }

  @Test
  void filesAreWrittenWhereTheSandboxSeesThem() throws Exception {
    root.write("etc/apt/sources.list", "ä\n");
    assertEquals("ä\n", root.read("/etc/apt/sources.list"));
    assertEquals("ä", sandbox.run(Command.of("cat", folder + "/tree/etc/apt/sources.list")).text());
    assertFalse(Files.exists(folder.resolve("tree")));
    assertEquals(folder.resolve("tree"), root.path());
  }

  @Test
  void modesAreSetEvenIfAFileExisted() throws IOException {
    root.write("etc/passwd", "");
    assertEquals(0644, mode("etc/passwd"));
    assertEquals(0755, mode("etc"));
    root.write("etc/passwd", "", 04755);
    assertEquals(04755, mode("etc/passwd"));
    root.makeDirectory("var/tmp", 01777);
    assertEquals(01777, mode("var/tmp"));
    assertEquals(0755, mode("var"));
    root.makeDirectory("var", 02750);
    assertEquals(02750, mode("var"));
    root.chmod("etc/passwd", 0);
    assertEquals(0, mode("etc/passwd"));
    assertThrows(IllegalArgumentException.class, () -> root.chmod("etc", 010000));
  }

  @Test
  void writingThroughALinkStaysInTheImage() throws IOException {
    Path host = folder.getParent().resolve("bootstrap-vz-host-" + System.nanoTime());
    Files.writeString(host, "host");
    try {
      root.symlink("etc/absolute", host.toString());
      root.symlink("etc/relative", "../../../../../../../../.." + host);
      root.write("etc/absolute", "one");
      assertEquals("one", root.read(host.toString()));
      root.write("etc/relative", "two");
      assertEquals("two", root.read(host.toString()));
      root.append("etc/absolute", "+");
      root.chmod("etc/absolute", 0600);
      assertEquals("host", Files.readString(host));
      assertTrue(root.isFile("etc/absolute"));
      assertTrue(root.delete("etc/absolute"));
      assertEquals("two+", root.read(host.toString()));
    } finally {
      Files.delete(host);
    }
  }

  @Test
  void aLinkToADirectoryIsResolvedInTheImage() throws IOException {
    root.symlink("bin", "/usr/bin");
    root.write("bin/tool", "", 0755);
    assertEquals(List.of("tool"), root.list("usr/bin"));
    assertEquals(List.of("tool"), root.list("bin"));
    assertFalse(root.exists("bin/sh"));
  }

  @Test
  void aCycleOfLinksIsAnError() throws IOException {
    root.symlink("a", "b");
    root.symlink("b", "a");
    assertThrows(IOException.class, () -> root.exists("a"));
    FileSystemException e = assertThrows(FileSystemException.class, () -> root.read("a"));
    assertEquals("/a of the image: its symbolic links form a loop", e.getMessage());
    assertTrue(root.delete("a"));
  }

  @Test
  void errorsNameThePathInTheImage() throws IOException {
    NoSuchFileException e = assertThrows(NoSuchFileException.class, () -> root.read("etc/none"));
    assertEquals("/etc/none of the image: there is no such file", e.getMessage());
    root.write("file", "");
    FileSystemException under =
        assertThrows(FileSystemException.class, () -> root.write("file/below", ""));
    assertEquals("/file/below of the image: file is a file, not a directory", under.getMessage());
    root.copyIn(Path.of("/bin/sh"), "sh", 0755);
    FileSystemException binary = assertThrows(FileSystemException.class, () -> root.read("sh"));
    assertEquals("/sh of the image: it is not UTF-8 text", binary.getMessage());
  }

  @Test
  void textIsAppended() throws IOException {
    root.append("etc/hosts", "a\n");
    root.append("etc/hosts", "b\n");
    assertEquals("a\nb\n", root.read("etc/hosts"));
    assertEquals(0644, mode("etc/hosts"));
  }

  @Test
  void replacingNeedsTheExpectedNumberOfMatches() throws Exception {
    root.write("etc/ssh/config", "#Port 22\nPort 23\n#Port 24\n", 0600);
    BuildException e =
        assertThrows(
            BuildException.class, () -> root.replace("etc/ssh/config", "^#Port", "Port", 1));
    assertEquals(
        "/etc/ssh/config of the image was left as it is: the expression ^#Port should match once,"
            + " but matches 2 times",
        e.getMessage());
    assertEquals("#Port 22\nPort 23\n#Port 24\n", root.read("etc/ssh/config"));
    root.replace("etc/ssh/config", "^#(Port) (\\d+)$", "$1=$2", 2);
    assertEquals("Port=22\nPort 23\nPort=24\n", root.read("etc/ssh/config"));
    assertEquals(0600, mode("etc/ssh/config"));
  }

  @Test
  void filesOfTheHostAreCopiedIntoTheImage() throws IOException {
    root.write("usr/bin/sh", "something longer than nothing");
    root.copyIn(Path.of("/bin/sh"), "usr/bin/sh", 0755);
    assertEquals(-1, Files.mismatch(Path.of("/bin/sh"), root.resolve("usr/bin/sh")));
    assertEquals(0755, mode("usr/bin/sh"));
  }

  @Test
  void symlinksReplaceFilesAndLinksButNotFolders() throws IOException {
    root.write("etc/localtime", "");
    root.symlink("etc/localtime", "/usr/share/zoneinfo/UTC");
    root.symlink("etc/localtime", "../x");
    root.write("x", "found");
    assertEquals("found", root.read("etc/localtime"));
    FileSystemException e =
        assertThrows(FileSystemException.class, () -> root.symlink("etc", "elsewhere"));
    assertEquals("/etc of the image: it is a directory", e.getMessage());
  }

  @Test
  void directoriesAreDeletedWithTheirContentButLinksAreNotFollowed() throws IOException {
    root.write("keep/file", "");
    root.write("var/cache/a/b", "");
    root.symlink("var/cache/link", "/keep");
    assertTrue(root.delete("var/cache"));
    assertFalse(root.delete("var/cache"));
    assertEquals(List.of(), root.list("var"));
    assertTrue(root.exists("keep/file"));
    assertThrows(IOException.class, () -> root.delete("/"));
  }

  @Test
  void aDirectoryWithAMountIsNotDeleted() throws Exception {
    root.makeDirectory("a b/dev", 0755);
    sandbox.run(Command.of("mount", "--bind", "/dev", folder + "/tree/a b/dev"));
    FileSystemException e = assertThrows(FileSystemException.class, () -> root.delete("a b"));
    assertTrue(e.getMessage().endsWith("/tree/a b/dev is mounted there"), e.getMessage());
    assertTrue(root.exists("a b/dev/null"));
  }

  @Test
  void listsAreSortedAndEmptyForAMissingDirectory() throws IOException {
    root.write("d/b", "");
    root.write("d/a", "");
    assertEquals(List.of("a", "b"), root.list("d"));
    assertEquals(List.of(), root.list("d/a"));
    assertEquals(List.of(), root.list("none"));
  }

  @Test
  void commandsRunInTheImageWithACleanEnvironment() throws Exception {
    root.makeDirectory("/", 0755);
    sandbox.run(Command.of("mount", "--rbind", "/", root.path().toString()));
    assertEquals("/usr", root.run(Command.of("pwd").in(Path.of("/usr"))).text());
    Map<String, String> seen = new TreeMap<>();
    for (String line : root.run(Command.of("env").env("LC_ALL", "C")).output()) {
      seen.put(line.split("=", 2)[0], line.split("=", 2)[1]);
    }
    assertEquals(
        Map.of(
            "PATH",
            "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "LANG",
            "C.UTF-8",
            "HOME",
            "/root",
            "DEBIAN_FRONTEND",
            "noninteractive",
            "LC_ALL",
            "C"),
        seen);
    Command tr = Command.of("sh", "-c", "tr a b; exit 5").input("aha").accepting(5);
    assertEquals("bhb", root.run(tr).text());
    assertTrue(observer.seen.contains("$ chroot " + root.path() + " sh -c 'tr a b; exit 5'"));
  }

  @Test
  void commandsInTheImageCannotLoadModulesOrSetTheClockOfTheHost() throws Exception {
    root.makeDirectory("/", 0755);
    sandbox.run(Command.of("mount", "--rbind", "/", root.path().toString()));
    String line = root.run(Command.of("grep", "^CapEff", "/proc/self/status")).text();
    long effective = Long.parseUnsignedLong(line.replaceAll(".*\\s", ""), 16);
    // sys_module, sys_rawio, sys_boot, sys_time: see linux/capability.h
    for (int capability : List.of(16, 17, 22, 25)) {
      assertEquals(0, effective >> capability & 1, "capability " + capability);
    }
    assertEquals(1, effective >> 21 & 1, "sys_admin, with which packages mount");
  }

  @Test
  void aCommandMissingInTheImageIsNamed() throws IOException {
    root.makeDirectory("/", 0755);
    CommandException e =
        assertThrows(CommandException.class, () -> root.run(Command.of("sh", "-c", "true")));
    assertEquals(
        List.of(
            "There is no command sh in"
                + " /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"),
        e.tail());
    assertEquals("chroot " + root.path() + " sh -c true", e.command());
  }
}
